"""What kinds of resources there are, what they are about, and what they cost; the words of the library's files."""

from django.db import models


class Kind(models.TextChoices):
    COURSE = "course", "Course"
    VIDEO = "video", "Video"
    BOOK = "book", "Book"
    ARTICLE = "article", "Article"
    PAPER = "paper", "Paper"
    DOCUMENTATION = "documentation", "Documentation"
    TOOL = "tool", "Tool"
    SERVICE = "service", "Service"
    DATASET = "dataset", "Data set"
    COMPETITION = "competition", "Competition"
    COMMUNITY = "community", "Community"
    PERSON = "person", "Person"
    ORGANISATION = "organisation", "Organisation"
    QUESTION_BANK = "question-bank", "Question bank"
    REPOSITORY = "repository", "Repository"
    COLLECTION = "collection", "Collection"
    BLOG = "blog", "Blog"
    NEWSLETTER = "newsletter", "Newsletter"
    PODCAST = "podcast", "Podcast"
    EVENT = "event", "Event"
    HARDWARE = "hardware", "Hardware"


class Topic(models.TextChoices):
    MATHEMATICS = "mathematics", "Mathematics"
    PROGRAMMING = "programming", "Programming"
    SOFTWARE = "software", "Software engineering"
    DATA = "data", "Data"
    CLASSICAL = "classical", "Classical machine learning"
    DEEP_LEARNING = "deep-learning", "Deep learning"
    NLP = "nlp", "Language"
    VISION = "vision", "Vision"
    AUDIO = "audio", "Audio"
    REINFORCEMENT = "reinforcement", "Reinforcement learning"
    RECOMMENDATION = "recommendation", "Recommendation and ranking"
    MLOPS = "mlops", "Running models"
    RESEARCH = "research", "Research"
    INTERVIEWS = "interviews", "Interviews"
    CAREER = "career", "Career"
    PORTFOLIO = "portfolio", "Portfolio"
    HARDWARE = "hardware", "Hardware"
    COMMUNITY = "community", "Community"
    LEARNING = "learning", "Learning to learn"


class Cost(models.TextChoices):
    FREE = "free", "Free"
    PAID = "paid", "Paid"
    MIXED = "mixed", "Partly free"


LEVELS = {1: "First steps", 2: "Some experience", 3: "Advanced"}
