"""Notes at size: some of one person, and a hundred thousand of another."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from mentorship.home.bench.seed import put
from mentorship.people.models import User
from mentorship.study.models import Note
from mentorship.study.notes.words import name_of, rendered

TEXT = "Of term {n} I know the *mean*, its use and topic{m}. See [[Term {k}]].\n\n- [ ] Look at it again\n"
TOPICS = 1_000


class ManyNotes:
    """A person with `count` notes; the words of each topic stand in a thousandth of them."""

    def __init__(self, name: str, count: int) -> None:
        person = User.objects.filter(handle=f"bench-{name}").first()
        self.person = person or User.objects.create_user(
            f"{name}@bench.example", None, name=name.title(), handle=f"bench-{name}"
        )
        if not Note.objects.visible_to(self.person).exists():
            self.fill(count)

    def fill(self, count: int) -> None:
        now, html = timezone.now(), rendered(TEXT)
        put(
            Note(
                person=self.person, title=f"Term {n}", name=name_of(f"Term {n}"), html=html, tags=[f"tag-{n % 50}"],
                text=TEXT.format(n=n, m=n % TOPICS, k=n + 1), created_at=now - timedelta(minutes=n),
            )
            for n in range(count)
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE study_note")
