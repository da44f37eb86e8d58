"""What home says of one person, in one statement.

Home composes every app and is opened more than any other page: ten querysets cost it most of its time in Python. The
statement repeats, in SQL, what the apps say in querysets; `tests/home/test_facts.py` holds it to them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from mentorship.cohorts.own_time import moved
from mentorship.people.models import User
from mentorship.study import days, streak
from mentorship.study.plan.showing import PLANNED
from mentorship.study.questions import waiting
from mentorship.study.timer import showing as timer
from projects import countersigning

DUE = 3  # how much of what is due is shown
# The only parts that are put in are constants of ours.
FACTS = f"""
SELECT
    (SELECT json_agg(json_build_object(
        'cohort', c.name, 'slug', c.slug, 'starts_on', c.starts_on, 'timezone', c.timezone, 'joined_at', m.joined_at,
        'number', s.number, 'key', s.key, 'stream', s.title, 'progress', progress.facts, 'post', post.facts
    ) ORDER BY c.starts_on DESC, m.id DESC)
    FROM cohorts_membership m
    JOIN cohorts_cohort c ON c.id = m.cohort_id
    JOIN streams_stream s ON s.id = c.stream_id
    LEFT JOIN LATERAL (
        SELECT json_build_object(
            'required', count(*),
            'done', count(*) FILTER (WHERE p.state = 'done'),
            'hours_left', coalesce(sum(i.hours) FILTER (WHERE p.state IS DISTINCT FROM 'done'), 0),
            'next', min(ARRAY[lpad(i.position::text, 10, '0'), i.key, i.title])
                FILTER (WHERE p.state IS DISTINCT FROM 'done')
        ) AS facts
        FROM streams_item i
        LEFT JOIN streams_progress p ON p.item_id = i.id AND p.person_id = m.person_id
        WHERE i.stream_id = c.stream_id AND i.counts AND i.retired_at IS NULL
    ) progress ON true
    LEFT JOIN LATERAL (
        SELECT json_build_object('id', b.id, 'title', b.title, 'state', b.state) AS facts
        FROM blog_post b
        WHERE (b.author_id = m.person_id OR b.id IN (
            SELECT w.post_id FROM blog_coauthor w WHERE w.person_id = m.person_id AND w.state = 'agreed'
        )) AND (b.state <> 'published' OR b.published_at >= m.joined_at)
        ORDER BY array_position(
            ARRAY['published', 'scheduled', 'ready', 'in_editing', 'draft', 'idea'], b.state::text
        ), b.id LIMIT 1
    ) post ON true
    WHERE m.person_id = %(person)s AND m.left_at IS NULL AND m.role = 'mentee' AND c.state = 'running'),

    (SELECT json_agg(json_build_object('name', c.name, 'slug', c.slug, 'load', m.load, 'capacity', m.capacity)
        ORDER BY c.starts_on DESC, m.id DESC)
    FROM cohorts_membership m JOIN cohorts_cohort c ON c.id = m.cohort_id
    WHERE m.person_id = %(person)s AND m.left_at IS NULL AND m.role = 'mentor'
        AND c.state NOT IN ('draft', 'archived')),

    (SELECT json_agg(json_build_object(
        'pk', w.id, 'title', w.title, 'state', w.state, 'round', w.rounds_count, 'project', p.label,
        'since', coalesce(w.awaiting_mentee_since, w.awaiting_mentor_since)
    ) ORDER BY w.state <> 'awaiting_mentee', coalesce(w.awaiting_mentee_since, w.awaiting_mentor_since))
    FROM projects_submission w JOIN projects_project p ON p.id = w.project_id
    WHERE w.id IN (SELECT id FROM projects_submission WHERE author_id = %(person)s UNION ALL
        SELECT submission_id FROM projects_teammember WHERE person_id = %(person)s AND left_at IS NULL)
        AND w.state IN ('awaiting_mentee', 'awaiting_mentor')),

    (SELECT json_build_object('question', asked.question, 'key', asked.key, 'level', asked.level)
    FROM (
        SELECT DISTINCT ON (k.key) k.key, k.question, score.level, v.published_at
        FROM projects_score score
        JOIN projects_review v ON v.id = score.review_id AND v.state = 'published'
        JOIN projects_round r ON r.id = v.round_id
        JOIN projects_criterion k ON k.id = score.criterion_id
        WHERE r.submission_id IN (SELECT id FROM projects_submission
            WHERE author_id = %(person)s AND state <> 'withdrawn' UNION ALL
            SELECT submission_id FROM projects_teammember WHERE person_id = %(person)s AND left_at IS NULL)
        ORDER BY k.key, v.published_at DESC, score.id DESC
    ) asked WHERE asked.level IN ('not_yet', 'partly') ORDER BY asked.level, asked.published_at, asked.key LIMIT 1),

    (SELECT json_build_object('title', met.title, 'url', met.url, 'starts_at', met.starts_at, 'minutes', met.minutes,
        'leads', met.leads, 'link', met.link)
    FROM (
        (SELECT g.title, '/cohorts/' || c.slug || '/meetings/' || g.id || '/' AS url, g.starts_at,
            g.minutes_long::int AS minutes, g.coordinator_id = m.id AS leads, g.link
        FROM cohorts_meeting g
        JOIN cohorts_cohort c ON c.id = g.cohort_id
        JOIN cohorts_membership m ON m.cohort_id = c.id AND m.person_id = %(person)s AND m.left_at IS NULL
            AND c.state = 'running'
        WHERE g.cancelled_at IS NULL AND g.starts_at >= %(now)s ORDER BY g.starts_at, g.id LIMIT 1)
        UNION ALL
        (SELECT CASE s.kind WHEN 'office' THEN 'Office hours' ELSE 'Mock interview' END,
            '/cohorts/' || c.slug || '/hours/' || s.id || '/', s.starts_at,
            (extract(epoch FROM s.ends_at - s.starts_at) / 60)::int, false, ''
        FROM cohorts_engagement e
        JOIN cohorts_slot s ON s.id = e.slot_id
        JOIN cohorts_booking b ON b.slot_id = s.id AND b.cancelled_at IS NULL
        JOIN cohorts_cohort c ON c.id = s.cohort_id
        WHERE e.person_id = %(person)s AND e.starts_at >= %(now)s ORDER BY s.starts_at LIMIT 1)
    ) met ORDER BY met.starts_at LIMIT 1),

    (SELECT json_build_object('title', g.title, 'url', '/cohorts/' || c.slug || '/meetings/' || g.id || '/',
        'starts_at', g.starts_at, 'minutes', g.minutes_long)
    FROM cohorts_membership m
    JOIN cohorts_cohort c ON c.id = m.cohort_id AND c.state = 'running'
    JOIN cohorts_meeting g ON g.cohort_id = c.id AND g.coordinator_id = m.id
    WHERE m.person_id = %(person)s AND m.left_at IS NULL AND g.cancelled_at IS NULL AND g.starts_at >= %(now)s
    ORDER BY g.starts_at, g.id LIMIT 1),

    (SELECT json_agg(json_build_object('id', taken.id, 'text', taken.text, 'due_on', taken.due_on,
        'timezone', taken.timezone, 'slug', taken.slug, 'meeting', taken.meeting_id) ORDER BY taken.due_on, taken.id)
    FROM (
        SELECT a.id, a.text, a.due_on, a.meeting_id, c.timezone, c.slug
        FROM cohorts_membership m
        JOIN cohorts_cohort c ON c.id = m.cohort_id AND c.state = 'running'
        JOIN cohorts_actionitem a ON a.owner_id = m.id AND a.done_at IS NULL AND a.dropped_at IS NULL
        WHERE m.person_id = %(person)s AND m.left_at IS NULL ORDER BY a.due_on, a.id LIMIT 10
    ) taken),

    (SELECT json_agg(json_build_object('title', next.title, 'due_at', next.own_at,
        'all_at', next.due_at, 'until', next.until, 'until_at', next.until_at,
        'url', '/cohorts/' || next.slug || '/due/' || next.id || '/'
    ) ORDER BY next.own_at, next.id)
    FROM (
        SELECT own.*, greatest(own.moved_at, own.until_at) AS own_at FROM (
        SELECT d.id, d.due_at, i.title, c.slug, {moved("d.due_at", "m.id")} AS moved_at, x.until,
            {moved("x.until", "m.id", "x.decided_at")} AS until_at
        FROM cohorts_membership m
        JOIN cohorts_cohort c ON c.id = m.cohort_id AND c.state = 'running'
        JOIN cohorts_duedate d ON d.cohort_id = c.id
        JOIN streams_item i ON i.id = d.item_id AND i.retired_at IS NULL
        LEFT JOIN cohorts_extension x ON x.due_id = d.id AND x.membership_id = m.id AND x.state = 'granted'
        WHERE m.person_id = %(person)s AND m.left_at IS NULL AND m.role = 'mentee'
            AND NOT EXISTS (SELECT FROM streams_progress p
                WHERE p.item_id = d.item_id AND p.person_id = m.person_id AND p.state = 'done')
            AND NOT EXISTS (SELECT FROM projects_submission w JOIN projects_project j ON j.id = w.project_id
                WHERE j.item_id = d.item_id AND w.cohort_id = c.id AND w.state <> 'withdrawn'
                AND (w.author_id = m.person_id OR EXISTS (SELECT FROM projects_teammember t
                    WHERE t.submission_id = w.id AND t.person_id = m.person_id AND t.left_at IS NULL)))
        ) own ORDER BY own_at, own.id LIMIT {DUE}
    ) next),

    (SELECT row_to_json(streak) FROM ({streak.RUNS}) AS streak({streak.COLUMNS})),

    ({timer.OPEN}),

    ({PLANNED}),

    ({waiting.WAITING}),

    {countersigning.WAITING}
"""  # noqa: S608


@dataclass(frozen=True)
class Facts:
    """Plain values; moments inside the dictionaries are ISO texts."""

    seats: list[dict[str, Any]]  # as a mentee of running cohorts
    mentoring: list[dict[str, Any]]
    work: list[dict[str, Any]]
    weak: dict[str, Any] | None  # the question that most needs practice
    meeting: dict[str, Any] | None  # the next one, as a member in any role
    turn: dict[str, Any] | None  # the next one that they lead
    actions: list[dict[str, Any]]  # what they took on and have not done
    due: list[dict[str, Any]]  # what is to be handed in next
    streak: streak.Streak
    timer: timer.Running | None
    plan: list[dict[str, Any]]  # the slots of today, on the person's own clock
    practice: dict[str, Any]  # what is due today: due, called, question, reason
    local: datetime  # now, on the person's own clock
    to_countersign: list[dict[str, Any]]  # reviews of apprentices that wait for them


def facts_of(person: User, at: datetime) -> Facts:
    """Everything that home needs of `person` in any role but editor and admin; one query."""
    today = days.today_of(person, at)
    with connection.cursor() as cursor:
        cursor.execute(
            FACTS,
            {
                "person": person.pk,
                "now": at,
                "gap": streak.GAP_TEXT,
                "today": today,
                "weekday": today.weekday(),
                "tomorrow": days.bounds(today, person.zone)[1],
                "monday": today - timedelta(days=today.weekday()),
            },
        )
        seats, mentoring, work, weak, meeting, turn, actions, due, run, open_timer, plan, practice, to_countersign = (
            cursor.fetchone()
        )
    return Facts(
        seats or [], mentoring or [], work or [], weak, meeting, turn, actions or [], due or [],
        streak.from_row(person, today, run), timer.running(open_timer, at), plan or [],
        practice, at.astimezone(person.zone), to_countersign or [],
    )  # fmt: skip
