"""What a mentor may want to look at again before publishing the scores of a draft."""

from django.utils.text import get_text_list

from projects.models import Review, Round, Submission


def look_again(round: Round, review: Review) -> list[str]:
    """Accepting work that does not answer a question yet is allowed, since a mentor may know why; not by accident."""
    scores = list(review.scores.all())
    told = []
    if review.verdict == Review.Verdict.ACCEPTED:
        told += [f"You accept, and score “{row.criterion}” not yet." for row in scores if row.level == "not_yet"]
        if told:
            told.append("If you mean it, say in the summary what remains to be learned.")
        open_parts = _parts_not_approved(round.submission)
        if open_parts:
            told.append(f"It does not count yet for {open_parts}: their part is not approved on “Who did what”.")
    answered = len(round.answers.all())
    left = answered - len(scores)
    if left > 0:
        told.append(f"{left} of {answered} questions {'is' if left == 1 else 'are'} not scored.")
    return told


def _parts_not_approved(submission: Submission) -> str:
    """Of a team: the names of those for whom acceptance will not count, or ''."""
    if submission.group_id is None:
        return ""
    names = submission.team.filter(approved_at=None, left_at=None).order_by("pk").values_list("person__name", flat=True)
    return get_text_list(list(names), "and")
