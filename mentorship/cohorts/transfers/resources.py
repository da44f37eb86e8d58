"""The three kinds of rows: people, memberships, results."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.dateparse import parse_datetime
from import_export.fields import Field
from tablib import Dataset

from mentorship.cohorts.matching import assign, reassign
from mentorship.cohorts.models import Assignment, Cohort, Membership
from mentorship.cohorts.seating import seat
from mentorship.cohorts.transfers.rows import NEW, SKIP, UPDATE, Rows, people_of, wrong
from mentorship.common.errors import Refused
from mentorship.people import profiles
from mentorship.people.models import User
from streams.models import Item, Progress

WHY = "An import of memberships."
NOBODY = "Nobody here has this address. Import people first."


class PeopleRows(Rows):
    """Accounts with their profile. A new address makes an account without a password."""

    KEYS, NEEDED, FIXED = ("email",), ("email",), ("open", "joined_at")

    email = Field("email", "email")
    name = Field("name", "name")
    handle = Field("handle", "handle")
    headline = Field("headline", "headline")
    bio = Field("bio", "bio")
    website = Field("website", "website")
    github = Field("github", "github")
    visibility = Field("visibility", "visibility")
    timezone = Field("timezone", "timezone")
    open = Field("is_active", "open")
    joined_at = Field("date_joined", "joined_at")

    @staticmethod
    def rows(cohort: Cohort | None) -> QuerySet[User]:
        people = User.objects.order_by("pk")
        here = Membership.objects.active().filter(cohort=cohort, person=OuterRef("pk"))
        return people.filter(Exists(here)) if cohort else people

    def load(self, dataset: Dataset) -> None:
        self.people = people_of(dataset, "email")

    def column_of(self, refusal: Refused) -> str:
        return {"handle_taken": "handle"}.get(refusal.code, "email")

    def take(self, values: dict[str, str]) -> tuple[str, str]:
        address = values["email"].strip().lower()
        person = self.people.get(address)
        if person is None:
            return self.add(address, values)
        self.fixed(values, person)
        given = {name: values[name] for name in profiles.FIELDS if name in values}
        changed = {name: value for name, value in given.items() if value != getattr(person, name)}
        if not changed:
            return SKIP, ""
        self.check(User(**changed), changed)
        profiles.change(person=person, by=self.by, at=self.at, **changed)
        return UPDATE, f"{person.email}: {', '.join(sorted(changed))} changed."

    def add(self, address: str, values: dict[str, str]) -> tuple[str, str]:
        try:
            validate_email(address)
        except ValidationError as error:
            raise wrong("email", "This is no e-mail address.") from error
        given = {name: values[name] for name in profiles.FIELDS if values.get(name, "").strip()}
        if not given.get("name", "").strip():
            raise wrong("name", "A new person needs a name.")
        self.check(User(email=address, **given), [*given, "email"])
        self.people[address] = profiles.add(email=address, by=self.by, at=self.at, **given)
        return NEW, f"{address} gets an account, without a password."

    @staticmethod
    def check(person: User, names: Iterable[str]) -> None:
        """As the pages do, each column for itself."""
        for name in names:
            most = User._meta.get_field(name).max_length  # type: ignore[union-attr]
            if most and len(getattr(person, name)) > most:
                raise wrong(name, f"At most {most} characters fit here.")
        person.clean_fields(exclude={field.name for field in User._meta.fields} - set(names))


class MembershipRows(Rows):
    """Who is in which cohort, as what; a mentor's capacity, a mentee's mentor."""

    KEYS, NEEDED, FIXED = ("cohort", "email", "role"), ("cohort", "email", "role"), ("name", "joined_at")

    cohort = Field("cohort__slug", "cohort")
    email = Field("person__email", "email")
    name = Field("person__name", "name")
    role = Field("role", "role")
    capacity = Field("shown_capacity", "capacity")
    mentor = Field("mentor_email", "mentor")
    joined_at = Field("joined_at", "joined_at")

    @staticmethod
    def rows(cohort: Cohort | None) -> list[Membership]:
        """Mentors first: their mentees name them."""
        seats = Membership.objects.active().select_related("person", "cohort").order_by("cohort", "-role", "pk")
        found = list(seats.filter(cohort=cohort) if cohort else seats)
        pairs = Assignment.objects.active().filter(mentee__in=seats.values("pk"))
        mentors = dict(pairs.values_list("mentee", "mentor__person__email"))
        for row in found:
            dress(row, mentors.get(row.pk, ""))
        return found

    def load(self, dataset: Dataset) -> None:
        self.people = people_of(dataset, "email", "mentor")
        self.cohorts = {cohort.slug: cohort for cohort in Cohort.objects.all()}
        everyone = [person.pk for person in self.people.values()]
        seats = Membership.objects.active().filter(person__in=everyone).select_related("person", "cohort")
        self.seats = {(seat.cohort_id, seat.person_id, seat.role): seat for seat in seats}
        pairs = Assignment.objects.active().filter(mentee__person__in=everyone).select_related("mentor__person")
        self.mentor_of = {pair.mentee_id: pair.mentor.person.email for pair in pairs}

    def column_of(self, refusal: Refused) -> str:
        codes = {"no_room": "mentor", "not_a_mentor": "mentor", "load": "capacity", "oneself": "mentor"}
        return codes.get(refusal.code, "email")

    def take(self, values: dict[str, str]) -> tuple[str, str]:
        cohort, person = self.cohorts.get(values["cohort"].strip()), self.people.get(values["email"].strip().lower())
        role = values["role"].strip().lower()
        if cohort is None:
            raise wrong("cohort", "No cohort has this address: it is the last part of its page's.")
        if person is None:
            raise wrong("email", NOBODY)
        if role not in Membership.Role.values:
            raise wrong("role", "A role is “mentee” or “mentor”.")
        row, done = self.seats.get((cohort.pk, person.pk, role)), []
        kind = UPDATE if row else NEW
        if row is None:
            row = self.join(cohort, person, role, values)
            done.append(f"{person} joins {cohort} as a {role}")
        else:
            self.fixed(values, dress(row, self.mentor_of.get(row.pk, "")))
            done += self.resize(row, values) if row.is_mentor else []
        if not row.is_mentor:
            done += self.pair(row, values)
        elif values.get("mentor", "").strip():
            raise wrong("mentor", "Only mentees have a mentor.")
        return (kind, f"{'; '.join(done)}.") if done else (SKIP, "")

    def join(self, cohort: Cohort, person: User, role: str, values: dict[str, str]) -> Membership:
        if role == Membership.Role.MENTEE:
            if values.get("capacity", "").strip():
                raise wrong("capacity", "Only mentors have a capacity.")
            row = seat(cohort=cohort, person=person, by=self.by, at=self.at)
        else:
            row = cohort.add_mentor(person=person, capacity=self.wanted_capacity(values, 4), by=self.by, at=self.at)
        self.seats[cohort.pk, person.pk, role] = row
        return row

    @staticmethod
    def wanted_capacity(values: dict[str, str], otherwise: int) -> int:
        text = values.get("capacity", "").strip()
        if not text:
            return otherwise
        if not (text.isascii() and text.isdecimal() and len(text) < 4 and int(text) <= 50):
            raise wrong("capacity", "A capacity is a number from 0 to 50.")
        return int(text)

    def resize(self, row: Membership, values: dict[str, str]) -> list[str]:
        wanted = self.wanted_capacity(values, row.capacity)
        if wanted == row.capacity:
            return []
        row.set_capacity(wanted, by=self.by, at=self.at)
        return [f"{row.person} takes {wanted} mentees"]

    def pair(self, mentee: Membership, values: dict[str, str]) -> list[str]:
        if values.get("capacity", "").strip():
            raise wrong("capacity", "Only mentors have a capacity.")
        wanted, stands = values.get("mentor", "").strip().lower(), self.mentor_of.get(mentee.pk, "").lower()
        if not wanted or wanted == stands:
            return []  # an empty cell takes nobody's mentor away
        person = self.people.get(wanted)
        mentor = self.seats.get((mentee.cohort_id, person.pk, "mentor")) if person else None
        if person is None or mentor is None:
            raise wrong("mentor", "No mentor of this cohort has this address. Their row stands before their mentees'.")
        if stands:
            reassign(mentee=mentee, mentor=mentor, reason=WHY, by=self.by, at=self.at)
        else:
            assign(mentee=mentee, mentor=mentor, by=self.by, at=self.at)
        return [f"{person} mentors {mentee.person}"]


def dress(row: Any, mentor: str) -> Any:
    row.mentor_email, row.shown_capacity = mentor, row.capacity if row.is_mentor else None
    return row


class ResultRows(Rows):
    """How far mentees are: the state of each item that somebody has begun. What has parts follows from them."""

    KEYS, NEEDED, FIXED = ("email", "item"), ("email", "item", "state"), ("name", "title")

    email = Field("person__email", "email")
    name = Field("person__name", "name")
    item = Field("item__key", "item")
    title = Field("item__title", "title")
    state = Field("state", "state")
    since = Field("since", "since")

    @staticmethod
    def rows(cohort: Cohort | None) -> QuerySet[Progress]:
        mentees = Membership.objects.mentees().filter(person=OuterRef("person"))
        found = Progress.objects.filter(item__in=Item.objects.published())
        if cohort:
            found, mentees = found.filter(item__stream=cohort.stream_id), mentees.filter(cohort=cohort)
        parts = Item.objects.published().filter(parent=OuterRef("item"))
        found = found.filter(Exists(mentees)).exclude(Exists(parts)).exclude(state="not_started")
        return found.select_related("person", "item").order_by("person", "item__position", "pk")

    def load(self, dataset: Dataset) -> None:
        self.people = people_of(dataset, "email")
        self.items = {item.key: item for item in Item.objects.published().select_related("stream")}
        found = Progress.objects.filter(person__in=[person.pk for person in self.people.values()])
        self.progress = {(row.person_id, row.item_id): row for row in found}

    def take(self, values: dict[str, str]) -> tuple[str, str]:
        person = self.people.get(values["email"].strip().lower())
        item, state = self.items.get(values["item"].strip()), values["state"].strip().lower().replace(" ", "_")
        if person is None:
            raise wrong("email", NOBODY)
        if item is None:
            raise wrong("item", "No item of a stream has this key.")
        if state not in Progress.State.values:
            raise wrong("state", "A state is “not started”, “in progress” or “done”.")
        before = self.progress.get((person.pk, item.pk))
        stands = before or Progress(person=person, item=item, state=Progress.State.NOT_STARTED)
        stands.person, stands.item = person, item
        self.fixed(values, stands)
        if stands.state == state:
            return SKIP, ""
        item.mark(by=person, state=state, at=self.moment(values), cause="imported")
        return UPDATE if before else NEW, f"{person}: “{item.title}” is {state.replace('_', ' ')}."

    def moment(self, values: dict[str, str]) -> Any:
        """Since when; an empty cell is now, and nothing lies ahead."""
        text = values.get("since", "").strip()
        try:
            moment = parse_datetime(text) if text else self.at
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise wrong("since", "Write a moment as 2026-03-02T18:00:00+00:00, or leave the cell empty.")
        if moment > self.at:
            raise wrong("since", "This moment has not come yet.")
        return moment


KINDS: dict[str, type[PeopleRows] | type[MembershipRows] | type[ResultRows]] = {
    "people": PeopleRows, "memberships": MembershipRows, "results": ResultRows,
}  # fmt: skip
