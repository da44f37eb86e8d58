from mentorship.study.jobs.models import STEPS
from tests.access.table import row

OWN = {"visitor": "login", "mentee": "in"}
API_OWN = {"visitor": "401", "mentee": "in"}
SENT = {"company": "Trees Ltd", "role": "ML engineer"}


def job(w):
    return [w.job.pk]


def resume(w):
    return [w.resume.pk]


ROWS = [
    row("study:jobs", "GET", visitor="login"),
    row("study:jobs", "POST", data=lambda w: SENT, visitor="login"),
    row("study:jobs_table", "GET", visitor="login"),
    row("study:export_jobs", "GET", visitor="login"),
    row("study:job", "GET", job, "404", **OWN),
    row("study:job", "POST", job, "404", data=lambda w: SENT | {"version": 1}, **OWN),
    row("study:remove_job", "POST", job, "404", **OWN),
    *(row(f"study:job_{verb}", "POST", job, "404", **OWN) for verb in STEPS),
    row("study:resumes", "GET", visitor="login"),
    row("study:resumes", "POST", data=lambda w: {"name": "Another"}, visitor="login"),
    row("study:check_resume", "POST", resume, "404", data=lambda w: {"ticked": ["fit"]}, **OWN),
    row("study:remove_resume", "POST", resume, "404", **OWN),
    row("api:job-list", "GET", visitor="401"),
    row("api:job-list", "POST", data=lambda w: SENT, visitor="401"),
    row("api:job-coming", "GET", visitor="401"),
    row("api:job-detail", "GET", job, "404", **API_OWN),
    row("api:job-detail", "PATCH", job, "404", data=lambda w: {"version": 1}, **API_OWN),
    row("api:job-detail", "DELETE", job, "404", **API_OWN),
    row("api:job-step", "POST", job, "404", data=lambda w: {"verb": "apply"}, **API_OWN),
    row("api:resume-list", "GET", visitor="401"),
    row("api:resume-list", "POST", data=lambda w: {"name": "Another"}, visitor="401"),
    row("api:resume-checklist", "GET", visitor="401"),
    row("api:resume-detail", "GET", resume, "404", **API_OWN),
    row("api:resume-detail", "PATCH", resume, "404", data=lambda w: {"ticked": []}, **API_OWN),
    row("api:resume-detail", "DELETE", resume, "404", **API_OWN),
]
