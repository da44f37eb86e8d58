"""Which pages are measured, as whom, against which floor, and what they must reach."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.test import Client, override_settings

from blog.models import Post
from mentorship.cohorts.models import Cohort
from mentorship.home.bench import floor_settings
from mentorship.home.bench.big_notebook import make_round
from mentorship.home.bench.large_cockpit import LargeCockpit
from mentorship.home.bench.long_blog import LongBlog
from mentorship.home.bench.long_plan import PAGES as PLANNED
from mentorship.home.bench.long_plan import grow
from mentorship.home.bench.long_practice import LongPractice
from mentorship.home.bench.long_queue import LongQueue
from mentorship.home.bench.long_study import LongStudy
from mentorship.home.bench.long_triage import STATES, LongTriage
from mentorship.home.bench.many_notes import ManyNotes
from mentorship.home.bench.measure import count_queries
from mentorship.home.bench.pages import Caller, Page
from mentorship.people.models import User
from projects.models import Project, Round, Submission
from streams.models import Item, Progress

CALLERS = 20


class Plan:
    """Picks people and rows of the seeded database."""

    def __init__(self) -> None:
        self.cohort = Cohort.objects.get(slug="bench-0")
        mentees = User.objects.filter(memberships__cohort=self.cohort, memberships__role="mentee").order_by("pk")
        self.mentees = [Caller(person) for person in mentees[:200]]
        self.mentor = Caller(User.objects.get(handle="mentor-0"))
        self.admin = Caller(self.make_admin())
        some = [caller.at_the_floor() for caller in self.mentees[:CALLERS]]
        self.floor_caller = some[0]
        self.floor = [caller.get("/bench/floor/") for caller in some]
        self.floor_api = [caller.get("/bench/api/people/?page_size=20") for caller in some]
        self.floor_write = [caller.post("/bench/write/", {}) for caller in some]

    def floor_queries(self) -> int:
        """Queries of the floor page, asked with the settings of its server: session, person, one SELECT."""
        names = ("ROOT_URLCONF", "SESSION_ENGINE", "AUTHENTICATION_BACKENDS")
        with override_settings(**{name: getattr(floor_settings, name) for name in names}):
            return count_queries(self.floor_caller.client, self.floor[0])

    @staticmethod
    def make_admin() -> User:
        person = User.objects.filter(handle="bench-admin").first()
        return person or User.objects.create_superuser("admin@bench.example", None, name="Admin", handle="bench-admin")

    def pages(self) -> Iterator[Page]:
        some, stream = self.mentees[:CALLERS], self.cohort.stream
        yield self.seen_by("home", some, "/home/", 0.7)
        yield self.seen_by("stream", some, f"/streams/{stream.key}/", 0.6)
        yield self.seen_by("queue", [self.mentor], "/queue/", 0.8)
        yield self.seen_by("review", [self.mentor], f"/rounds/{self.claimed().pk}/review/", 0.5)
        yield self.large_notebook()
        yield self.seen_by("cohort of 200", some, f"/cohorts/{self.cohort.slug}/", 0.5)
        yield self.post()
        calls = [caller.get("/api/v1/notifications/?page_size=20") for caller in some]
        yield Page("api list", calls, self.floor_api, 0.85, counted=(some[0].client, calls[0]))
        yield self.seen_by("progress of 200", [self.admin], f"/cohorts/{self.cohort.slug}/progress/", 0.1, most=10)
        yield self.tick()

    def seen_by(self, name: str, callers: list[Caller], path: str, least: float, most: int = 12) -> Page:
        calls = [caller.get(path) for caller in callers]
        return Page(name, calls, self.floor, least, most, counted=(callers[0].client, calls[0]))

    def large_notebook(self) -> Page:
        """The workspace of a notebook of 4 MB against that of a small one, each with a hundred comments."""
        mentors = User.objects.filter(memberships__cohort=self.cohort, memberships__role="mentor")
        reviewer = Caller(mentors.latest("pk"))
        large, small = (
            reviewer.get(f"/rounds/{make_round(reviewer.person, big=big).pk}/review/") for big in (True, False)
        )
        return Page("review of 4 MB", [large], [small], 0.5, 15, counted=(reviewer.client, large), beside=True)

    def long_queue(self) -> Iterator[Page]:
        """The first pages of a queue of 100,000 rounds against those of one of 1,000: no slower, but for noise."""
        short, long = (LongQueue(name).grown(rounds) for name, rounds in (("short", 1_000), ("long", 100_000)))
        for tab in ("mine", "unclaimed", "done"):
            large, small = (Caller(queue.mentor) for queue in (long, short))
            path = f"/queue/?tab={tab}"
            calls, floor = [large.get(path)], [small.get(path)]
            counted = (large.client, calls[0])
            yield Page(f"queue of 100,000, {tab}", calls, floor, 0.85, counted=counted, beside=True)

    def cockpits(self) -> Iterator[Page]:
        """The cockpit of 2,000 mentees and 5,000 applications beside that of twenty: everyone is judged each time."""
        small, large = LargeCockpit("small", 20, 50), LargeCockpit("large", 2_000, 5_000)
        calls, floor = [self.admin.get(large.address)], [self.admin.get(small.address)]
        counted = (self.admin.client, calls[0])
        yield Page("cockpit of 2,000", calls, floor, 0.1, 15, counted=counted, beside=True)
        yield Page("all cohorts", [self.admin.get("/cockpit/")], floor, 0.05, 15, counted=counted, beside=True)

    def blog(self) -> Iterator[Page]:
        """The blog of 10,000 posts against that of 100, and a long post."""
        blog, visitor = LongBlog(self.mentor.person), Client()

        def call(path: str) -> dict[str, Any]:
            return {"method": "GET", "path": path, "headers": {"Host": "127.0.0.1"}}

        small, large = (blog.index_of(count) for count in (100, 10_000))
        calls = [call(large)]
        yield Page("blog category of 10,000", calls, [call(small)], 0.85, counted=(visitor, calls[0]), beside=True)
        calls = [call("/blog/")]
        yield Page("blog index of 10,000", calls, [call(small)], 0.85, counted=(visitor, calls[0]), beside=True)
        calls = [call(blog.long_post())]
        yield Page("long post with mathematics", calls, self.floor, 0.4, counted=(visitor, calls[0]))

    def study(self, notes: int) -> Iterator[Page]:
        """The log of five years, and a search in many notes."""
        reader = self.mentees[0]
        long = LongStudy(reader.person)
        yield self.seen_by("study of five years", [reader], long.five_years(), 0.2)
        yield self.seen_by(f"search at {notes:,} notes", [reader], long.notes(notes), 0.05)

    def long_triage(self) -> Iterator[Page]:
        """Triage of 5,000 applications against that of 50 (100 for a full board): no slower, but for noise."""
        long = LongTriage("long", self.admin.person).grown(5_000).cohort.slug
        for name, view, number, states in (
            ("waiting", "", 50, ("submitted",)),
            ("line", "?state=waitlisted", 50, ("waitlisted",)),
            ("board", "board/", 100, STATES),
        ):
            short = LongTriage(name, self.admin.person, states).grown(number).cohort.slug
            calls, floor = ([self.admin.get(f"/cohorts/{slug}/applications/{view}")] for slug in (long, short))
            counted = (self.admin.client, calls[0])
            yield Page(f"triage of 5,000, {name}", calls, floor, 0.85, 15, counted=counted, beside=True)

    def practice(self) -> Iterator[Page]:
        """Practice with 10,000 cards and 60,000 answers against that with 100, and what it says of itself."""
        small, large = (Caller(LongPractice(f"practice-{n}", n).person) for n in (100, 10_000))
        for name, path in (("practice", "/study/practice/"), ("how it goes,", "/study/practice/figures/")):
            calls, floor = [large.get(path)], [small.get(path)]
            yield Page(f"{name} of 10,000 cards", calls, floor, 0.4, counted=(large.client, calls[0]), beside=True)

    def planned(self) -> Iterator[Page]:
        """Home, plan and forecast of who has five years of entries against those of who has few weeks."""
        small, large = self.mentees[1], self.mentees[2]
        grow(large.person)
        for name, path in PLANNED.items():
            calls, floor = [large.get(path)], [small.get(path)]
            yield Page(name, calls, floor, 0.4, counted=(large.client, calls[0]), beside=True)

    def notes(self) -> Iterator[Page]:
        """A list, a search and a tag among 100,000 notes against those among 100."""
        small, large = (Caller(ManyNotes(f"notes-{n}", n).person) for n in (100, 100_000))
        for name, asked in (("list", ""), ("search", "?q=topic7"), ("common word", "?q=mean"), ("tag", "?tag=tag-7")):
            calls, floor = [large.get(f"/study/notes/{asked}")], [small.get(f"/study/notes/{asked}")]
            yield Page(f"notes, 100,000, {name}", calls, floor, 0.3, counted=(large.client, calls[0]), beside=True)

    def claimed(self) -> Round:
        """A waiting round of the big cohort, held by its mentor."""
        held = Round.objects.held_by(self.mentor.person).filter(submission__cohort=self.cohort).first()
        if held is not None:
            return held
        rounds = Round.objects.filter(state="waiting", submission__cohort=self.cohort)
        round = rounds.exclude(submission__author=self.mentor.person).order_by("pk").first()
        assert round is not None
        round.claim(by=self.mentor.person)
        return round

    def post(self) -> Page:
        """A post as a visitor reads it."""
        slug = Post.objects.order_by("-published_at").values_list("slug", flat=True)[3]
        call = {"method": "GET", "path": f"/blog/{slug}/", "headers": {"Host": "127.0.0.1"}}
        return Page("blog post", [call], self.floor, 1.0, counted=(Client(), call))

    def tick(self) -> Page:
        stream = self.cohort.stream
        items = Item.objects.published().filter(stream=stream, children=None).exclude(kind="project")[:10]
        calls = [
            caller.post(f"/streams/{stream.key}/items/{item.key}/mark/", {"state": state})
            for state in ("done", "not_started")
            for item in items
            for caller in self.mentees[:CALLERS]
        ]
        return Page("tick", calls, self.floor_write, 0.8)

    def hand_in_page(self) -> Page:
        """Round 1 of a project by people who have not handed it in; each call can be made once."""
        return Page("hand-in", self.hand_ins(self.newcomers(0, 300)), self.floor_write, 0.8, once=True)

    def newcomers(self, start: int, end: int) -> list[Caller]:
        """Mentees of the first stream, none of whom has handed in its project."""
        people = User.objects.filter(
            memberships__cohort__stream=self.cohort.stream, memberships__role="mentee", memberships__left_at=None
        ).order_by("pk")
        return [Caller(person) for person in people[start:end]]

    def hand_ins(self, callers: list[Caller]) -> list[dict[str, Any]]:
        project = Project.objects.get(item__stream=self.cohort.stream, retired_at=None)
        criteria = list(project.criteria.filter(retired_at=None))
        calls = []
        for number, caller in enumerate(callers):
            data = {"title": f"Bench {number}", "write_up": "Short."}
            data |= {f"answer_{criterion.pk}": "Because." for criterion in criteria}
            calls.append(caller.post(f"/projects/{project.key}/hand-in/", data))
        return calls

    def ticks_at_once(self) -> tuple[list[dict[str, Any]], QuerySet[Progress]]:
        """200 people tick the same item in the same moment; and the rows that have to be there afterwards."""
        stream = self.cohort.stream
        item = Item.objects.published().filter(stream=stream, children=None).exclude(kind="project").last()
        assert item is not None
        Progress.objects.filter(item=item).delete()
        calls = [c.post(f"/streams/{stream.key}/items/{item.key}/mark/", {"state": "done"}) for c in self.mentees]
        return calls, Progress.objects.filter(item=item, state="done")

    def hand_ins_at_once(self) -> tuple[list[dict[str, Any]], QuerySet[Submission]]:
        callers = self.newcomers(300, 500)
        return self.hand_ins(callers), Submission.objects.filter(
            project__item__stream=self.cohort.stream, author__in=[caller.person for caller in callers]
        )
