"""What was said so far of somebody's work, in a few lines: for a mentor who comes to it anew."""

from dataclasses import dataclass

from projects.models import ChangeRequest, Review, Round

SHORT = 160


@dataclass(frozen=True)
class SoFar:
    """`reviews`: a line a round; `requests`: each change that is still asked for, and how it was answered last."""

    reviews: list[str]
    requests: list[tuple[str, str, str]]

    def as_text(self) -> str:
        lines = [f"- {line}" for line in self.reviews] or ["- Nothing yet: this is the first review."]
        for state, asked, answer in self.requests:
            lines.append(f"- {state}: {asked}" + (f" Answered: {answer}" if answer else ""))
        return "\n".join(lines)


def so_far(round: Round) -> SoFar:
    """The published reviews before `round`, and the change requests that are not settled; two or three queries."""
    reviews = (
        Review.objects.published()
        .filter(round__submission=round.submission_id, round__number__lt=round.number)
        .select_related("mentor", "round")
        .order_by("round__number")
    )
    requests = (
        ChangeRequest.objects.filter(submission=round.submission_id, state__in=["open", "addressed"])
        .select_related("comment")
        .prefetch_related("responses")
    )
    return SoFar(
        [
            f"Round {review.round.number}, {review.mentor}: {review.get_verdict_display().lower()}. "
            f"{short(review.summary)}"
            for review in reviews
        ],
        [
            (request.get_state_display(), short(request.comment.text), short(answers[-1].text) if answers else "")
            for request in requests
            for answers in [list(request.responses.all())]
        ],
    )


def short(text: str) -> str:
    """The first words, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[:SHORT].rsplit(' ', 1)[0]} …"
