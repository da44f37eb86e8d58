"""A post's pitch, taken apart for the desk."""

from django import template
from django.utils.html import linebreaks
from django.utils.safestring import SafeString

from blog.ideas import LONGEST, QUESTIONS, answers_of
from blog.models import Post
from mentorship.common.errors import Refused
from mentorship.common.rendering.worded import worded

register = template.Library()


@register.filter
def pitch_answers(post: Post) -> list[tuple[str, str]]:
    """Each question of the program with the answer as HTML, '' while there is none."""
    answers = answers_of(post.pitch)
    return [(question, shown(answers[name])) for name, question in QUESTIONS.items()]


def shown(answer: str) -> str:
    """An answer is Markdown, for it may come from a note; it is short, and seen by its authors and editors alone."""
    if not answer:
        return ""
    try:
        return SafeString(worded(answer, longest=4 * LONGEST, heading_level=4))
    except Refused:
        return SafeString(linebreaks(answer, autoescape=True))
