"""Two rounds to review that differ in the size of their notebook only, with a hundred comments each on its cells."""

import base64
import io
import json
import random
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from mentorship.cohorts.models import Cohort, Membership
from mentorship.people.models import User
from projects.draft import Draft, Said
from projects.models import Project, Round, RoundFile, Submission
from projects.notebooks import render_file
from projects.work import NOTEBOOK, Upload, Work

COMMENTS = 100
CELLS = 100  # of both: what is commented on is the same
PICTURES, PIXELS = 18, 220  # of noise, which no format makes smaller: about 150 KB each
LONG_OUTPUTS, LINES = 10, 2500


def make_notebook(*, big: bool) -> bytes:
    """About 4 MB, of pictures and of what was printed, or the same cells with one line printed by each."""
    chance = random.Random(7)  # noqa: S311 - the same notebook each time
    cells = [_cell(number, _outputs(number, chance) if big else [_printed("0.412\n")]) for number in range(CELLS)]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def _cell(number: int, outputs: list[dict[str, Any]]) -> dict[str, Any]:
    cell: dict[str, Any] = {"id": f"cell-{number}", "metadata": {}}
    if number % 4 == 0:
        source = f"## Step {number}\n\nThe split is by *time*; the error is $\\sqrt{{{number}}}$."
        return cell | {"cell_type": "markdown", "source": source}
    source = f"model = Forest(trees={number}, depth=4)\nmodel.fit(train[columns], train.rides)\nmodel.score(test)"
    return cell | {"cell_type": "code", "source": source, "execution_count": number, "outputs": outputs}


def _outputs(number: int, chance: random.Random) -> list[dict[str, Any]]:
    if number % 4 == 1 and number < 4 * PICTURES:
        return [{"output_type": "display_data", "metadata": {}, "data": {"image/png": _noise(chance)}}]
    if number % 8 == 2 and number < 8 * LONG_OUTPUTS:
        return [_printed("".join(f"epoch {line} loss {chance.random():.6f}\n" for line in range(LINES)))]
    return [_printed("0.412\n")]


def _printed(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": text}


def _noise(chance: random.Random) -> str:
    out = io.BytesIO()
    Image.frombytes("RGB", (PIXELS, PIXELS), chance.randbytes(PIXELS * PIXELS * 3)).save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


def make_round(mentor: User, *, big: bool) -> Round:
    """A waiting round, held by `mentor`, whose draft has its comments already; made once."""
    title = f"A {'large' if big else 'small'} notebook"
    found = Round.objects.filter(submission__title=title).first()
    if found:
        return found
    cohort = Cohort.objects.get(slug="bench-0")
    submission = _hand_in(cohort, title, big)
    round = submission.rounds.get()
    file = round.files.get()
    render_file(file.pk)
    file.refresh_from_db()
    assert file.rendering == RoundFile.Rendering.DONE, file.render_error
    round.claim(by=mentor)
    said = tuple(
        Said(
            f"c{number}", "Why *this* one? Say what you would lose without it.", None, number == 0, file.pk, number + 1
        )
        for number in range(COMMENTS)
    )
    round.draft_of(mentor).save_draft(by=mentor, draft=Draft("", "A good start.", said), version=0)
    return round


def _hand_in(cohort: Cohort, title: str, big: bool) -> Submission:
    seat = Membership.objects.create(cohort=cohort, person=_mentee(title), role="mentee")
    project = Project.objects.get(item__stream=cohort.stream, retired_at=None)
    upload = Upload.of(ContentFile(make_notebook(big=big), name="work.ipynb"), "work.ipynb", NOTEBOOK)
    answers = {criterion.pk: "Because." for criterion in project.criteria.filter(retired_at=None)}
    work = Work(title=title, write_up="Short.", answers=answers, files=(upload,))
    return project.hand_in(by=seat.person, membership=seat, work=work)


def _mentee(title: str) -> User:
    handle = title.lower().replace(" ", "-")
    return User.objects.create_user(f"{handle}@bench.example", None, name=title, handle=handle)
