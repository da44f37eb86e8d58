"""What a mentor may want to look at again before publishing the scores of a draft."""

from projects.models import Review, Round


def look_again(round: Round, review: Review) -> list[str]:
    """Accepting work that does not answer a question yet is allowed, since a mentor may know why; not by accident."""
    scores = list(review.scores.all())
    told = []
    if review.verdict == Review.Verdict.ACCEPTED:
        told += [f"You accept, and score “{row.criterion}” not yet." for row in scores if row.level == "not_yet"]
        if told:
            told.append("If you mean it, say in the summary what remains to be learned.")
    answered = len(round.answers.all())
    left = answered - len(scores)
    if left > 0:
        told.append(f"{left} of {answered} questions {'is' if left == 1 else 'are'} not scored.")
    return told
