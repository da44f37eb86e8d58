"""What the page of a reading club shows, and what is typed there."""

from typing import Any

from django import forms

from mentorship.cohorts.models import ClubPaper, ClubShare, Group
from mentorship.common.clock import now
from mentorship.common.times import time_html
from mentorship.people.models import User
from mentorship.study.models import Reading
from mentorship.study.papers.identity import Identity, NotAPaper, identify

FROM_LIST = 50
SHARES = (("nothing", "Nothing"), ("pass", "At which pass I am"), ("summaries", "My summaries, too"))


class ClubPaperForm(forms.Form):
    """A paper for the group, by its number or link, or from one's own list."""

    use_required_attribute = False

    reading = forms.ModelChoiceField(Reading.objects.none(), required=False, label="From my list", empty_label="None")
    paper = forms.CharField(
        max_length=500, required=False, label="Or any other", help_text="An arXiv number, a DOI or a link."
    )
    title = forms.CharField(max_length=500, required=False)

    def __init__(self, data: Any = None, *, person: User) -> None:
        super().__init__(data, auto_id="club-%s")
        own = Reading.objects.visible_to(person).select_related("paper").newest_first()
        field: Any = self.fields["reading"]
        field.queryset = own
        field.widget.choices = [("", "None"), *((row.pk, str(row)) for row in own[:FROM_LIST])]

    def clean_paper(self) -> Identity | None:
        if not self.cleaned_data["paper"]:
            return None
        try:
            return identify(self.cleaned_data["paper"])
        except NotAPaper as error:
            raise forms.ValidationError(str(error)) from None

    def clean(self) -> None:
        data = self.cleaned_data
        if self.errors:
            return
        if bool(data.get("reading")) == bool(data.get("paper")):
            self.add_error("paper", "Choose one of your list, or say which other paper.")
        elif data["paper"] and data["paper"].kind == "link" and not data["title"]:
            self.add_error("title", "Nothing can be asked about a link: say what the paper is called.")

    def said(self) -> dict[str, Any]:
        """For `ClubPaper.put`, of a form that is valid."""
        reading, identity = self.cleaned_data["reading"], self.cleaned_data["paper"]
        title = " ".join(self.cleaned_data["title"].split())
        if reading:
            paper = reading.paper
            identity, url = Identity(paper.kind, paper.key, url=reading.url), reading.link
            title = title or reading.title
        else:
            url = address(identity)
        return {"identity": identity, "url": url, "title": title}


def address(identity: Identity) -> str:
    bases = {"arxiv": "https://arxiv.org/abs/", "doi": "https://doi.org/"}
    return identity.url or f"{bases[identity.kind]}{identity.key}"


class ShareForm(forms.Form):
    shares = forms.ChoiceField(choices=SHARES)


def papers_of(group: Group, reader: User) -> list[dict[str, Any]]:
    """The papers of the group, the next one first and those talked about last, with what its members show."""
    found = list(group.papers.select_related("paper", "added_by", "group__cohort"))
    shares = ClubShare.objects.filter(paper__in=found, member__left_at=None).select_related(
        "member__membership__person"
    )
    shown: dict[int, list[ClubShare]] = {}
    for share in shares.order_by("since", "pk"):
        shown.setdefault(share.paper_id, []).append(share)
    people = {share.member.membership.person_id for rows in shown.values() for share in rows} | {reader.pk}
    rows = Reading.objects.filter(person__in=people, paper__in=[row.paper_id for row in found])
    readings = {(row.person_id, row.paper_id): row for row in rows.prefetch_related("passes")}
    moment, order = now(), {"next": 0, "waiting": 1, "read": 2}
    return [
        row_of(row, reader, shown.get(row.pk, []), readings, moment)
        for row in sorted(found, key=lambda row: (order[row.state], row.pk))
    ]


def row_of(
    row: ClubPaper, reader: User, shares: list[ClubShare], readings: dict[tuple[int, int], Reading], moment: Any
) -> dict[str, Any]:
    people: list[dict[str, Any]] = []
    mine = "nothing"
    for share in shares:
        person = share.member.membership.person
        reading = readings.get((person.pk, row.paper_id))
        if person.pk == reader.pk:
            mine = "summaries" if share.summaries else "pass"
        noted = reading.passes.all() if reading and share.summaries else []
        texts = [{"number": one.number, "text": one.summary, "html": one.html} for one in noted if one.html]
        people.append(
            {
                "name": str(person), "state": reading.get_state_display() if reading else "Not on their list",
                "since": time_html(reading.state_since, moment) if reading else "",
                "summaries": texts,
            }
        )  # fmt: skip
    own = readings.get((reader.pk, row.paper_id))
    return {
        "pk": row.pk, "title": str(row), "url": row.url, "state": row.state, "label": row.get_state_display(),
        "by": str(row.added_by), "people": people, "mine": mine, "own": own.get_absolute_url() if own else "",
        "own_title": row.title, "may_remove": reader.is_admin or row.added_by_id == reader.pk,
    }  # fmt: skip
