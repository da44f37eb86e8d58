"""The Celery application and the whole beat schedule.

Tasks are named as strings, so that this module imports no app. A job may run late or twice: each rule is
'due and not yet told', and a job's slot is claimed once (`notifications.slots`), so that two beats are one.
"""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")

app = Celery("mentorship")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.update(
    accept_content=["json"],
    task_serializer="json",
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_time_limit=120,
    task_soft_time_limit=90,
    worker_prefetch_multiplier=1,
    worker_max_tasks_per_child=500,
    worker_hijack_root_logger=False,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_transport_options={"visibility_timeout": 300, "socket_connect_timeout": 1, "socket_timeout": 5},
    redis_socket_connect_timeout=1,
    timezone="UTC",
    beat_schedule={
        "sweep the outbox": {"task": "notifications.sweep", "schedule": 30.0},
        "remind of applications, silence": {"task": "cohorts.remind", "schedule": crontab(minute="*/5")},
        "publish announcements": {"task": "cohorts.publish_announcements", "schedule": 60.0},
        "exports and imports left behind": {"task": "cohorts.sweep_transfers", "schedule": 60.0},
        "keep visits of cohorts": {"task": "cohorts.keep_visits", "schedule": crontab(minute="3-59/10")},
        "remind of rounds and reviews": {"task": "projects.remind", "schedule": crontab(minute="1-59/5")},
        "publish scheduled posts": {"task": "blog.publish_due", "schedule": 60.0},
        "remind of the first post": {"task": "blog.remind", "schedule": crontab(minute="2-59/5")},
        "tell of posts": {"task": "blog.tell_shared", "schedule": 60.0},
        "posts of the month": {"task": "blog.digest", "schedule": crontab(minute="7-59/15")},
        "keep reads of posts": {"task": "blog.keep_reads", "schedule": crontab(minute="4-59/10")},
        "cross-posts left behind": {"task": "blog.sweep_cross_posts", "schedule": 60.0},
        "look at cross-posts": {"task": "blog.look_at_cross_posts", "schedule": crontab(minute="4-59/10")},
        "read the Jekyll blog": {"task": "blog.read_jekyll_target", "schedule": crontab(minute="8-59/15")},
        "look at links again": {"task": "blog.check_links_again", "schedule": crontab(minute="17")},
        "what reviews and interviews call for": {
            "task": "home.call_for_practice",
            "schedule": crontab(minute="6-59/15"),
        },
        "look at links of the library": {"task": "study.look_at_links", "schedule": crontab(minute="6-59/5")},
        "ask what papers are called": {"task": "study.ask_papers", "schedule": 60.0},
        "compare rounds left behind": {"task": "projects.work_out_differences", "schedule": 60.0},
        "imports of notes left behind": {"task": "study.sweep_note_imports", "schedule": 60.0},
        "render notebooks left behind": {"task": "projects.render_waiting", "schedule": 60.0},
    },
)
