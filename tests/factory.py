"""Plain makers of what tests need. Each gives a valid row with little said; say only what the test is about."""

import itertools
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from html import escape
from typing import Any

from django.contrib.auth.models import Group as Role
from django.core.files.base import ContentFile
from django.utils import timezone

from blog.anchors import Passage
from blog.models import Coauthor, EditorComment, Feed, Figure, Post, ReaderComment, Revision, Suggestion
from blog.models import Notebook as PostNotebook
from mentorship.cohorts import graduation
from mentorship.cohorts.models import (
    ActionItem,
    Application,
    Apprenticeship,
    Assignment,
    Availability,
    Away,
    Cohort,
    DueDate,
    Extension,
    Group,
    Meeting,
    Membership,
    MentorNote,
    Outcome,
    Slot,
    Talk,
    Transfer,
    Wish,
)
from mentorship.notifications.models import Notification
from mentorship.people.models import User, free_handle
from mentorship.study.models import Job, Note, NoteImport, NoteImportFile, Reading, StudyEntry
from mentorship.study.papers.identity import identify
from projects.draft import Draft, Said
from projects.models import (
    CommitLog,
    Criterion,
    NotebookImage,
    NotebookOutput,
    PortfolioProject,
    Project,
    Review,
    Round,
    RoundFile,
    SavedReply,
    Submission,
)
from projects.work import NOTEBOOK, Upload, Work
from streams.models import Item, Stream, Unit

PASSWORD = "correct horse battery"
count = itertools.count(1)


def make_person(name: str = "", *, groups: list[str] | None = None, **fields: Any) -> User:
    """A person with a verified address and `PASSWORD`, in the named groups."""
    number = next(count)
    name = name or f"Person {number}"
    handle = fields.pop("handle", None) or free_handle(name)
    email = fields.pop("email", f"{handle}@example.org")
    person = User.objects.create_user(email, PASSWORD, name=name, handle=handle, **fields)
    person.emailaddress_set.create(email=email, verified=True, primary=True)
    for group in groups or []:
        person.groups.add(Role.objects.get_or_create(name=group)[0])
    return person


def make_stream(**fields: Any) -> Stream:
    """A published stream with one unit: a topic with two readings, one optional reading, and a project."""
    number = next(count)
    fields = {"key": f"stream-{number}", "number": number, "title": f"Stream {number}"} | fields
    stream = Stream.objects.create(**fields)
    unit = Unit.objects.create(stream=stream, key=f"{stream.key}.basics", title="Basics", position=1)
    topic = make_item(unit, "topic", kind=Item.Kind.TOPIC)
    make_item(unit, "intro", parent=topic)
    make_item(unit, "chapter-5", parent=topic)
    make_item(unit, "extra", optional=True)
    make_project(make_item(unit, key=f"{stream.key}-project", kind=Item.Kind.PROJECT))
    return stream


def make_item(unit: Unit, name: str = "", **fields: Any) -> Item:
    """A published leaf; `parent=` makes it a part of that item. `counts` is kept as the loader keeps it."""
    number = next(count)
    above, counts = fields.get("parent"), not fields.get("optional")
    if above is not None:
        Item.objects.filter(pk=above.pk).update(counts=False)
        fields["depth"] = above.depth + 1
    while above is not None:
        counts, above = counts and not above.optional, above.parent
    fields = {
        "key": f"{unit.key}.{name or number}", "kind": Item.Kind.READING, "title": f"Item {name or number}", "hours": 2,
        "counts": counts,
    } | fields  # fmt: skip
    return Item.objects.create(unit=unit, stream=unit.stream, position=number, **fields)


def make_project(item: Item, criteria: int = 2, **fields: Any) -> Project:
    fields = {
        "key": item.key.replace(".", "-"), "label": "Project 1", "title": "Learn by example",
        "requirements": ["Study how the problem is posed"], "hours_min": 40, "hours_max": 60,
    } | fields  # fmt: skip
    project = Project.objects.create(item=item, **fields)
    for number in range(1, criteria + 1):
        Criterion.objects.create(project=project, key=f"why-{number}", question=f"Why {number}?", position=number)
    return project


def make_cohort(stream: Stream | None = None, *, test: bool = False, **fields: Any) -> Cohort:
    """A running cohort that began four weeks ago; a test cohort's clock shows the real time."""
    number = next(count)
    today, kind = date.today(), "test" if test else "cohort"  # noqa: DTZ011
    fields = {
        "name": f"Cohort {number}", "slug": f"{kind}-{number}", "state": Cohort.State.RUNNING, "seats": 10,
        "starts_on": today - timedelta(weeks=4), "ends_on": today + timedelta(weeks=12),
        "applications_close_on": today + timedelta(weeks=1), "timezone": "Europe/Berlin", "about": "Evenings.",
        "clock_ahead": timedelta(0) if test else None,
    } | fields  # fmt: skip
    return Cohort.objects.create(stream=stream or make_stream(), **fields)


def make_application(cohort: Cohort, person: User, **fields: Any) -> Application:
    fields = {
        "motivation": "I want to switch from physics.", "background": "Physics, Python.", "goal": "A first ML job.",
        "hours_a_week": 10,
    } | fields  # fmt: skip
    return Application.objects.create(cohort=cohort, person=person, **fields)


def make_membership(cohort: Cohort, person: User, role: str = "mentee", **fields: Any) -> Membership:
    """A membership; a mentee's takes a seat, a mentor's has a capacity of four."""
    if role == "mentee":
        Cohort.objects.filter(pk=cohort.pk).update(seats_taken=cohort.seats_taken + 1)
        cohort.refresh_from_db()
    else:
        fields = {"capacity": 4} | fields
    return Membership.objects.create(cohort=cohort, person=person, role=role, **fields)


def make_assignment(mentee: Membership, mentor: Membership, by: User | None = None) -> Assignment:
    assignment = Assignment.objects.create(
        cohort=mentee.cohort, mentee=mentee, mentor=mentor, assigned_by=by or mentor.person
    )
    mentor.load += 1
    mentor.save(update_fields=["load"])
    return assignment


def make_away(person: User, first: int = 1, last: int = 7, now: datetime | None = None) -> Away:
    """Days away, counted from `now`: the week that begins tomorrow, if nothing else is said."""
    today = timezone.localdate(now or timezone.now(), person.zone)
    return Away.objects.create(person=person, first_day=today + timedelta(first), last_day=today + timedelta(last))


def make_availability(person: User, languages: str = "", awake: tuple[int, int] = (7, 23), **more: Any) -> Availability:
    """What `person` says of themselves: `languages` as "en es", hours of waking by their own clock."""
    since, until = (time(hour) for hour in awake)
    return Availability.say(by=person, languages=languages.split(), awake_from=since, awake_until=until, **more)


def make_wish(seat: Membership, about: Membership, veto: bool = False) -> Wish:
    return Wish.say(seat=seat, about=about, veto=veto, by=seat.person)


def make_group(cohort: Cohort, people: list[Membership], **fields: Any) -> Group:
    """A capstone team whose members have all joined."""
    fields = {"name": "The Gauss", "kind": "capstone", "by": people[0].person} | fields
    return Group.put_together(cohort=cohort, people=people, **fields)


def make_pair(cohort: Cohort, one: User, other: User) -> Group:
    """An accountability pair that `one` proposed; `other` has not answered yet."""
    others = cohort.memberships.filter(person=other)
    return Group.propose(by=one, cohort=cohort, name="Mondays", kind="accountability", others=others)


def make_team_project(stream: Stream, **fields: Any) -> Project:
    """A project for three or four."""
    item = make_item(stream.units.get(), "capstone", key=f"{stream.key}-capstone", kind=Item.Kind.PROJECT)
    return make_project(item, **{"label": "Project 4", "title": "Capstone", "team_min": 3, "team_max": 4} | fields)


def make_team_work(cohort: Cohort, *people: User) -> Submission:
    """What a capstone team of `people`, and of others until there are three, has handed in; its log is uploaded."""
    project = make_team_project(cohort.stream)
    seats = list(cohort.memberships.filter(person__in=people).order_by("pk").select_related("person"))
    while len(seats) < 3:
        seats.append(make_membership(cohort, make_person()))
    make_group(cohort, seats)
    by = people[0]
    seat = next(seat for seat in seats if seat.person_id == by.pk)
    made = project.hand_in(by=by, membership=seat, work=make_work(project))
    CommitLog.keep(made, [(by.name, by.email, 3)], by=by, source="shortlog")
    return made


def make_meeting(cohort: Cohort, **fields: Any) -> Meeting:
    """A meeting in a week."""
    fields = {"title": "Session 3", "starts_at": timezone.now() + timedelta(days=7)} | fields
    return Meeting.objects.create(cohort=cohort, **fields)


def make_due(cohort: Cohort, item: Item | None = None, **fields: Any) -> DueDate:
    """Something due in two weeks: the project of the cohort's stream, if nothing else is said."""
    item = item or cohort.stream.items.filter(kind=Item.Kind.PROJECT).order_by("pk").first()
    fields = {"due_at": timezone.now() + timedelta(days=14)} | fields
    return DueDate.objects.create(cohort=cohort, item=item, **fields)


def make_extension(due: DueDate, mentee: Membership, days: float = 7, **fields: Any) -> Extension:
    """What `mentee` asks for: a week more."""
    said = {"until": due.due_at + timedelta(days=days), "reason": "The flat is flooded.", "by": mentee.person}
    return Extension.ask(due=due, membership=mentee, **said | fields)


def make_action(meeting: Meeting, owner: Membership, **fields: Any) -> ActionItem:
    """Something that `owner` took on at `meeting`, due in five days."""
    fields = {"text": "Share the notebook", "due_on": timezone.now().date() + timedelta(days=5)} | fields
    made_by = fields.pop("made_by", owner.person)
    return ActionItem.objects.create(meeting=meeting, cohort=meeting.cohort, owner=owner, made_by=made_by, **fields)


def make_outcome(mentee: Membership, by: User, result: str = "graduated") -> Outcome:
    """How the mentee's time in the cohort ended, whatever they did."""
    graduation.conclude(mentee.cohort, results={mentee.pk: result}, by=by, reasons={mentee.pk: "A test"})
    return Outcome.objects.get(membership=mentee)


def make_apprentice(cohort: Cohort, countersigner: Membership, by: User, name: str = "") -> Apprenticeship:
    """A graduate of an upper stream, taken as an apprentice of `cohort`."""
    upper = make_cohort(make_stream(number=max(next(count), cohort.stream.number + 1)))
    outcome = make_outcome(make_membership(upper, make_person(name)), by)
    return Apprenticeship.take(cohort, outcome=outcome, countersigner=countersigner, capacity=2, by=by)


def make_mentor_note(mentee: Membership, author: User, text: str = "Ask about *recall* again.") -> MentorNote:
    """A private note about `mentee`, by a mentor of the cohort."""
    return MentorNote.write(mentee, by=author, text=text)


def make_transfers(by: User) -> tuple[Transfer, Transfer]:
    """An export that is done, and an import that was checked."""
    done = Transfer(way="export", kind="people", by=by, state="done", rows=1, name="people-all.csv")
    done.finished_at = timezone.now()
    done.file.save("people-all.csv", ContentFile(b"email\n"))
    checked = Transfer(way="import", kind="people", by=by, state="checked", rows=1, counts={"new": 1}, name="p.csv")
    checked.preview = ["Row 2: new@example.org gets an account, without a password."]
    checked.file.save("p.csv", ContentFile(b"email,name\nnew@example.org,New\n"))
    return done, checked


def make_post(author: User, **fields: Any) -> Post:
    number = next(count)
    fields = {
        "title": f"Post {number}",
        "slug": f"post-{number}",
        "body": "Some *text*.",
        "body_html": "<p>Some</p>",
    } | fields
    if fields.get("state") == Post.State.PUBLISHED:
        fields = {"published_at": timezone.now()} | fields
    if fields.get("state") == Post.State.IN_EDITING:
        fields = {"in_editing_since": timezone.now(), "asked_at": timezone.now()} | fields
    if fields.get("state") in (Post.State.READY, Post.State.SCHEDULED):
        fields = {"ready_at": timezone.now(), "asked_at": timezone.now()} | fields
    return Post.objects.create(author=author, **fields)


def make_revision(post: Post) -> Revision:
    """The post's text as it stands, as its author saved it."""
    text = {"version": post.version, "title": post.title, "body": post.body}
    return Revision.objects.create(post=post, saved_by=post.author, **text)


def make_feed(person: User, **fields: Any) -> Feed:
    """The feed of somebody's own blog, fetched, with one entry."""
    entry = {"key": "1", "title": "One", "url": "https://jo.example/one/", "day": "2026-01-02", "tags": [],
             "text": "Text\n", "words": 1, "note": ""}  # fmt: skip
    fields = {"address": "https://jo.example/", "state": "fetched", "entries": [entry]} | fields
    return Feed.objects.create(person=person, finished_at=timezone.now(), **fields)


def make_post_notebook(person: User, **fields: Any) -> PostNotebook:
    """A notebook that was uploaded for a post, with one cell of prose."""
    cell = {"number": 1, "id": "", "kind": "prose", "text": "Text", "digest": "0" * 16, "outputs": []}
    fields = {"name": "a.ipynb", "title": "A", "language": "python", "size": 2, "cells": [cell]} | fields
    return PostNotebook.objects.create(person=person, **fields)


def make_figure(post: Post, **fields: Any) -> Figure:
    """A figure as it is stored, without the work of making it."""
    number = next(count) % 60 + 1
    fields = {"name": "plot.png", "width": 4, "height": 3, "bytes": 4, "digest": f"{number:064}"} | fields
    figure = Figure(post=post, number=fields.pop("number", number), uploaded_by=post.author, **fields)
    figure.file.save("", ContentFile(b"WEBP"), save=False)
    figure.save()
    return figure


def make_coauthor(post: Post, person: User) -> Coauthor:
    """Somebody of a cohort of the author's, who was asked and agreed."""
    row = Coauthor.ask(post, by=post.author, handle=person.handle)
    row.agree(by=person)
    return row


def make_suggestion(post: Post, by: User, quote: str = "text", replacement: str = "words") -> Suggestion:
    return Suggestion.make(post, by=by, passage=Passage(quote), replacement=replacement)


def make_passage_comment(post: Post, by: User, quote: str = "text") -> EditorComment:
    return post.comment(by=by, text="Which?", passage=Passage(quote))


def make_reader_comment(post: Post, author: User, text: str = "It *helped*.", **fields: Any) -> ReaderComment:
    return ReaderComment.write(post, by=author, text=text, **fields)


def make_study_entry(person: User, **fields: Any) -> StudyEntry:
    """Half an hour of today, on the person's own calendar."""
    entry = StudyEntry(person=person, minutes=fields.pop("minutes", 30))
    entry.place(fields.pop("day", timezone.localdate(timezone.now(), person.zone)), fields.pop("zone", person.zone))
    for name, value in fields.items():
        setattr(entry, name, value)
    entry.save()
    return entry


def make_job(person: User, **fields: Any) -> Job:
    """An application of `person`, at first an interest."""
    return Job.add(by=person, **{"company": "Trees Ltd", "role": "ML engineer"} | fields)


def make_reading(person: User, paper: str = "1706.03762", **fields: Any) -> Reading:
    """A paper on the list of `person`."""
    return Reading.add(by=person, identity=identify(paper), **fields)[0]


def days_ago(days: float, now: datetime | None = None) -> datetime:
    return (now or timezone.now()) - timedelta(days=days)


def make_work(project: Project, **fields: Any) -> Work:
    """A hand-in with an answer to each criterion."""
    fields = {
        "title": "Rent in Lagos",
        "write_up": "What the rent of a flat follows from.",
        "answers": {criterion.pk: "Because *I* looked." for criterion in project.criteria.all()},
    } | fields
    return Work(**fields)


def make_upload(name: str, content: bytes, content_type: str = "text/csv") -> Upload:
    return Upload.of(ContentFile(content, name), name, content_type)


def make_rendered_notebook(round: Round) -> tuple[RoundFile, NotebookImage]:
    """A notebook of the round as a worker leaves it, with one picture."""
    fields = {"name": "eda.ipynb", "content_type": NOTEBOOK, "size": 2, "sha256": "0" * 64, "rendering": "done"}
    notebook = RoundFile(round=round, rendered_html="<p>Cells</p>", **fields)
    notebook.file.save("eda.ipynb", ContentFile(b"{}"))
    NotebookOutput.objects.create(of=notebook, number=0, html="<pre>Much</pre>")
    image = NotebookImage(of=notebook, number=0, content_type="image/png")
    image.file.save("0.png", ContentFile(b"PNG"))
    return notebook, image


def make_notebook(round: Round, sources: list[str], name: str = "eda.ipynb", ids: bool = True) -> RoundFile:
    """A rendered notebook of the round with one code cell for each of `sources`, its anchors as in a real one."""
    cells = [
        {
            "id": f"c{number}" if ids else "",
            "kind": "code",
            "source": source,
            "digest": sha256(f"code{source}".encode()).hexdigest()[:16],
            "outputs": "",
        }
        for number, source in enumerate(sources, 1)
    ]
    fields = {"name": name, "content_type": NOTEBOOK, "size": 2, "sha256": "0" * 64, "rendering": "done"}
    notebook = RoundFile(round=round, cells=cells, **fields)
    notebook.file.save(name, ContentFile(b"{}"), save=False)
    notebook.save()
    notebook.rendered_html = "".join(cell_html(notebook.pk, number, cell) for number, cell in enumerate(cells, 1))
    notebook.save(update_fields=["rendered_html"])
    return notebook


def cell_html(file: int, number: int, cell: dict[str, str]) -> str:
    lines = "\n".join(
        f'<span class="line" id="n{file}-{number}-L{line}">{escape(text)}</span>'
        for line, text in enumerate(cell["source"].split("\n"), 1)
    )
    return (
        f'<section class="nb-cell nb-code" id="n{file}-{number}" data-cell="{number}" aria-label="Code cell {number}">'
        f'<p class="nb-head"><a class="nb-number" href="#n{file}-{number}">Cell {number}</a></p>'
        f'<div class="nb-body" hx-disable><pre class="code"><code>{lines}</code></pre></div>'
        f"<!--/cell {number}--></section>\n"
    )


def make_submission(mentee: Membership, project: Project | None = None, **fields: Any) -> Submission:
    """Work that `mentee` handed in, waiting for its first review."""
    project = project or Project.objects.get(item__stream=mentee.cohort.stream)
    at = fields.pop("at", None)
    return project.hand_in(by=mentee.person, membership=mentee, work=make_work(project, **fields), at=at)


def make_draft(**fields: Any) -> Draft:
    """A draft that can be published: it asks for one change."""
    comments = (Said("a", "Why this metric?", blocking=True),)
    return Draft(**{"verdict": "changes_requested", "summary": "A good start.", "comments": comments} | fields)


def make_review(submission: Submission, mentor: User, draft: Draft | None = None, **times: Any) -> Review:
    """The published review of the round that waits: changes requested, if nothing else is said."""
    waiting = submission.rounds.get(state="waiting")
    waiting.claim(by=mentor, **times)
    review = waiting.draft_of(mentor)
    review.save_draft(by=mentor, draft=draft or make_draft(), version=review.version, **times)
    review.publish(by=mentor, **times)
    submission.refresh_from_db()
    return review


def make_portfolio_project(submission: Submission, **fields: Any) -> PortfolioProject:
    """An accepted submission on its author's portfolio, shown."""
    row = PortfolioProject.add(submission, by=submission.author)
    said = {"why": "Rents rise.", "what": "A forest.", "data": "2,000 flats.", "result": "Off by 9 %.", "shown": True}
    row.change(by=submission.author, **said | fields)
    return row


def make_reply(author: User, **fields: Any) -> SavedReply:
    """A reply of one's own, for any question of any project."""
    said = {"title": f"Reply {next(count)}", "text": "Why, {name}?", "criterion": "", "project": None, "shared": False}
    return SavedReply.save_new(by=author, said=said | fields)


def accepting(submission: Submission, **fields: Any) -> Draft:
    """A draft that accepts, and settles every change request that is open."""
    decisions = dict.fromkeys(submission.open_requests().values_list("pk", flat=True), "accepted")
    return make_draft(**{"verdict": "accepted", "comments": (), "decisions": decisions} | fields)


def make_slot(host: Membership, days: float = 4, **fields: Any) -> Slot:
    """A coding interview of 45 minutes that `host` offers, so many days from now."""
    fields = {"kind": "interview", "interview_round": "coding", "minutes": 45} | fields
    at = fields.get("at") or timezone.now()
    start = (at + timedelta(days=days)).replace(minute=0, second=0, microsecond=0)
    return Slot.offer(by=host.person, cohort=host.cohort, starts=[start], **fields)[0]


def make_talk(by: User, days: float = 7, announced: bool = True, **fields: Any) -> tuple[Talk, str]:
    """A talk an hour long to which the speaker has been invited, and the secret of the letter."""
    number, at = next(count), timezone.now()
    start = (at + timedelta(days=days)).replace(minute=0, second=0, microsecond=0)
    fields = {
        "title": f"Talk {number}", "slug": f"talk-{number}", "about": "What *works*.", "speaker_name": "Grace Hopper",
        "speaker_email": "grace@example.org", "starts_at": start, "ends_at": start + timedelta(hours=1),
    } | fields  # fmt: skip
    talk = Talk.plan(by=by, **fields)
    talk.invite(by=by)
    letter = Notification.objects.filter(kind="talk_invitation").latest("pk")
    if announced:
        talk.announce(by=by)
    return talk, letter.body.split("/talks/speaker/")[1].split("/")[0]


def make_note_import(person: User, note: Note) -> tuple[NoteImport, NoteImportFile]:
    """An import that is done, with a file that was changed on both sides."""
    row = NoteImport.objects.create(person=person, name="notes.zip", state="done", finished_at=timezone.now())
    more = {"tags": [], "digest": "0" * 64, "rest": {}, "name": "a"}
    fields = {"path": "a.md", "state": "conflict", "text": "Theirs", "title": "A", "more": more}
    return row, NoteImportFile.objects.create(of=row, note=note, **fields)
