"""How the demo's people plan their weeks: goals, plans, a timer that runs, and what they found wrong with items."""

from datetime import datetime, timedelta

from mentorship.people.models import User
from mentorship.study.models import Goal, ItemReport, Timer
from mentorship.study.plan.weeks import adopt
from streams.models import Item


def make_study_time(people: dict[str, User], now: datetime) -> None:
    amara, bela, chiara, ada = (people[name] for name in ("amara", "bela", "chiara", "ada"))
    begun = now - timedelta(weeks=4)
    Goal.change(by=amara, minutes_a_day=120, minutes_a_week=720, rest_days=[6], at=begun)
    Goal.change(by=amara, minutes_a_day=90, minutes_a_week=500, rest_days=[6], at=now - timedelta(weeks=1))
    adopt(by=amara, key="evenings", at=begun)
    adopt(by=bela, key="weekend", at=begun)
    Timer.start(by=chiara, at=now - timedelta(minutes=25))
    items = list(Item.objects.published().filter(stream__number=1).exclude(url="").order_by("position")[:2])
    ItemReport.make(
        by=amara, item=items[0], kind="broken", text="It leads to the front page.", at=now - timedelta(days=2)
    )
    ItemReport.make(by=bela, item=items[0], kind="broken", at=now - timedelta(days=1))
    unclear = ItemReport.make(
        by=chiara, item=items[1], kind="unclear", text="Which chapters?", at=now - timedelta(days=9)
    )
    unclear.settle(by=ada, answer="The first three; the summary says so now.", at=now - timedelta(days=8))
