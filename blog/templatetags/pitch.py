"""A post's pitch, taken apart for the desk."""

from django import template

from blog.ideas import QUESTIONS, answers_of
from blog.models import Post

register = template.Library()


@register.filter
def pitch_answers(post: Post) -> list[tuple[str, str]]:
    """Each question of the program with the answer, '' while there is none."""
    answers = answers_of(post.pitch)
    return [(question, answers[name]) for name, question in QUESTIONS.items()]
