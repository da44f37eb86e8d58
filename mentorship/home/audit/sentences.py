"""Events as sentences. Whoever records a new verb adds its words here; until then it reads as the verb is written."""

from django.apps import apps

from mentorship.people.models import Event

# By subject and verb where the verb alone would not say it; `{whom}` is the person it was done to, `{of}` " of …" them.
OF = {
    ("account.emailaddress", "changed"): "changed an e-mail address",
    ("blog.coauthor", "asked_to_write"): "asked {whom} to write a post together",
    ("blog.coauthor", "agreed"): "agreed to write a post together",
    ("blog.coauthor", "refused"): "refused to write a post together",
    ("blog.coauthor", "left"): "took their name off a post",
    ("blog.coauthor", "took_out"): "took {whom} out of the co-authors of a post",
    ("blog.post", "began"): "began a post",
    ("blog.post", "suggested"): "suggested a change of a post{of}",
    ("blog.post", "withdrew_suggestion"): "took a suggestion for a post{of} back",
    ("blog.post", "accepted_suggestion"): "accepted a suggested change of a post{of}",
    ("blog.post", "refused_suggestion"): "refused a suggested change of a post{of}",
    ("blog.post", "resolved_thread"): "resolved a thread at a post{of}",
    ("blog.post", "reopened_thread"): "opened a thread at a post{of} again",
    ("blog.post", "moved"): "gave a post another address",
    ("blog.post", "featured"): "put a post onto the landing page",
    ("blog.post", "unfeatured"): "took a post off the landing page",
    ("blog.series", "began_series"): "began a series of posts",
    ("blog.series", "changed_series"): "changed a series of posts",
    ("blog.series", "discarded_series"): "took a series of posts apart",
    ("blog.readercomment", "commented"): "commented on a post",
    ("blog.readercomment", "hid"): "hid a comment{of}",
    ("blog.readercomment", "left_standing"): "left a reported comment{of} where it is",
    ("blog.readercomment", "reported"): "reported a comment{of}",
    ("blog.readercomment", "showed"): "showed a hidden comment{of} again",
    ("blog.shared", "shared"): "told a cohort of a post",
    ("blog.crosspost", "queued"): "sent a post{of} on",
    ("blog.crosspost", "retried"): "tried to send a post{of} on again",
    ("blog.crosspost", "withdrew"): "took a post{of} back that was sent on",
    ("blog.crosspost", "opened"): "opened a pull request with a post{of}",
    ("blog.crosspost", "changes_requested"): "saw that changes to a post{of} are asked for elsewhere",
    ("blog.crosspost", "merged"): "saw a post{of} go out elsewhere",
    ("blog.crosspost", "closed"): "saw a post{of} closed elsewhere",
    ("blog.crosspost", "failed"): "could not send a post{of} on",
    ("cohorts.application", "accept"): "accepted the application{of}",
    ("cohorts.application", "apply"): "applied",
    ("cohorts.application", "decline"): "declined the application{of}",
    ("cohorts.application", "edit"): "changed the answers of an application",
    ("cohorts.application", "waitlist"): "put the application{of} on the waiting list",
    ("cohorts.application", "withdraw"): "withdrew an application",
    ("cohorts.apprenticeship", "take_apprentice"): "took {whom} as an apprentice",
    ("cohorts.apprenticeship", "name_countersigner"): "named who countersigns the reviews{of}",
    ("cohorts.apprenticeship", "lose_countersigner"): "left the reviews{of} with nobody to countersign",
    ("cohorts.apprenticeship", "end_apprenticeship"): "ended the need to countersign the reviews{of}",
    ("cohorts.assignment", "assign"): "gave {whom} a mentor",
    ("cohorts.assignment", "end"): "ended the assignment{of}",
    ("cohorts.cohort", "archive"): "archived the cohort",
    ("cohorts.cohort", "draft"): "drafted the cohort",
    ("cohorts.cohort", "edit"): "changed the set-up of the cohort",
    ("cohorts.cohort", "finish"): "finished the cohort",
    ("cohorts.cohort", "open"): "opened the cohort for applications",
    ("cohorts.cohort", "set_thresholds"): "set from when on somebody of the cohort counts as stalled",
    ("streams.stream", "set_graduation_rule"): "changed what graduating from a stream asks",
    ("cohorts.cohort", "rehearsed"): "ran the reminders of the cohort ahead",
    ("cohorts.cohort", "start"): "started the cohort",
    ("cohorts.meeting", "cancel"): "called a meeting off",
    ("cohorts.meeting", "edit"): "moved or changed a meeting",
    ("cohorts.meeting", "schedule"): "scheduled a meeting",
    ("cohorts.meeting", "write_notes"): "wrote the minutes of a meeting",
    ("cohorts.meeting", "close"): "closed the minutes of a meeting",
    ("cohorts.meeting", "reopen"): "opened the minutes of a meeting again",
    ("cohorts.meeting", "note_attendance"): "noted who was at a meeting",
    ("cohorts.meeting", "exchanged"): "changed turns at a meeting",
    ("cohorts.cohort", "made_series"): "put meetings of a rhythm into the calendar",
    ("cohorts.cohort", "gave_turns"): "gave coming meetings their coordinators",
    ("cohorts.actionitem", "added"): "noted what somebody takes on",
    ("cohorts.actionitem", "done"): "did what they had taken on",
    ("cohorts.exchange", "asked_to_lead"): "asked somebody to change turns",
    ("cohorts.visit", "asked_to_visit"): "asked a mentor to a meeting",
    ("cohorts.point", "brought_up"): "brought something up for a meeting",
    ("cohorts.membership", "add_mentor"): "made {whom} a mentor",
    ("cohorts.membership", "offered_to_mentor"): "offered to mentor",
    ("cohorts.membership", "took_offer_back"): "took back the offer to mentor",
    ("cohorts.membership", "conclude"): "decided the outcome{of}",
    ("cohorts.membership", "join"): "gave {whom} a seat",
    ("cohorts.membership", "leave"): "ended the membership{of}",
    ("cohorts.membership", "message"): "wrote to {whom}",
    ("cohorts.membership", "promise"): "promised reviews within other days",
    ("cohorts.membership", "set_capacity"): "set how many mentees{of} there may be",
    ("cohorts.mentornote", "noted"): "wrote a private note about a mentee",
    ("cohorts.away", "away"): "stated days away",
    ("cohorts.away", "back"): "took days away back",
    ("cohorts.feed", "make_feed"): "made a secret address of the calendar",
    ("cohorts.feed", "revoke_feed"): "revoked a secret address of the calendar{of}",
    ("cohorts.swap", "asked_for_another"): "asked for another pairing",
    ("blog.post", "pitched"): "said what a post is about",
    ("study.card", "left_out_card"): "left a question out of their practice",
    ("study.card", "took_up_card"): "took a question up again",
    ("study.note", "noted"): "wrote a note",
    ("study.note", "changed"): "changed a note",
    ("study.note", "removed"): "deleted a note",
    ("cohorts.transfer", "cancel"): "left an import alone",
    ("cohorts.transfer", "downloaded"): "downloaded an export",
    ("cohorts.transfer", "export"): "ordered an export",
    ("cohorts.transfer", "import"): "imported a file",
    ("cohorts.transfer", "upload"): "uploaded a file to import",
    ("people.user", "added_person"): "made an account for {whom}",
    ("people.token", "issued_token"): "made an API token",
    ("people.token", "revoked_token"): "revoked an API token",
    ("people.user", "changed_profile"): "changed the profile",
    ("people.user", "changed_second_factor"): "changed the second factor",
    ("people.user", "exported_audit"): "took a part of the audit along as a file",
    ("people.user", "made_admin"): "made {whom} an admin",
    ("people.user", "removed_admin"): "took the admin's rights{of} back",
    ("people.user", "read"): "read the questions{of}",
    ("projects.review", "countersigned"): "countersigned a review of work{of}",
    ("projects.review", "published"): "published a review of work{of}",
    ("projects.review", "returned"): "returned a review of work{of} to its writer",
    ("projects.review", "signed"): "signed a review of work{of}, to be countersigned",
    ("projects.review", "unsigned"): "made a signed review of work{of} a draft again",
    ("projects.round", "claimed"): "claimed a round{of}",
    ("projects.round", "handed_in"): "handed in a round",
    ("projects.round", "handed_over"): "handed a round{of} over",
    ("projects.commitlog", "uploaded_log"): "uploaded the log of a repository",
    ("projects.feedback", "gave_feedback"): "gave feedback to {whom}",
    ("projects.portfolio", "arranged"): "arranged a portfolio",
    ("projects.savedreply", "saved"): "kept a reply to use again",
    ("projects.submission", "matched_log"): "matched names of a log with people",
    ("projects.submission", "read"): "read the work{of}",
    ("projects.submission", "uploaded_log"): "uploaded the log of a repository",
    ("study.practiceplan", "planned_practice"): "planned their practice",
    ("study.question", "wrote_question"): "wrote an interview question of their own",
    ("study.question", "changed_question"): "changed an interview question of their own",
    ("study.question", "retired_question"): "retired an interview question of their own",
    ("study.studyentry", "logged"): "logged time of study",
}
# What a verb of other subjects reads like: '<word> <the subject>'. Verbs in the past say it themselves.
PAST = {
    "accept": "accepted", "apply": "applied for", "assign": "assigned", "begin": "began", "cancel": "called off",
    "decline": "declined", "draft": "drafted", "edit": "changed", "end": "ended", "finish": "finished",
    "invite": "invited to", "join": "joined", "leave": "left", "looked_at": "looked at", "open": "opened",
    "publish": "published", "schedule": "scheduled", "start": "started", "waitlist": "put on the waiting list",
    "withdraw": "withdrew",
}  # fmt: skip


def sentence(event: Event) -> str:
    """What was done, without who did it and when: 'accepted the application of Aiko Tanaka'."""
    whom = str(event.whom) if event.whom_id and event.whom else ""
    if event.verb == "refused":
        return f"tried “{tried(event)}” and was refused: {event.detail.get('said', '')}"
    words = OF.get((event.subject_type, event.verb))
    if words and (whom or "{whom}" not in words):
        return words.format(whom=whom, of=f" of {whom}" if whom else "")
    done = PAST.get(event.verb) or event.verb.replace("_", " ")
    return f"{done} {article(noun(event.subject_type))}{f' of {whom}' if whom else ''}"


def tried(event: Event) -> str:
    """'accept' for 'cohorts:accept', 'accept application' for 'api:application-accept'."""
    name = str(event.detail.get("tried", "")).rpartition(":")[2]
    subject, _, verb = name.rpartition("-")
    return f"{verb} {subject}".strip().replace("_", " ").replace("-", " ")


def noun(label: str) -> str:
    """'mentor note' for 'cohorts.mentornote'; a model that is no more keeps its old name."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label.rpartition(".")[2]


def article(word: str) -> str:
    return f"{'an' if word[:1] in 'aeio' else 'a'} {word}"


def details(event: Event) -> list[str]:
    """The rest of what is known, a line each: 'capacity: 4', 'seats: 20 → 25'."""
    hidden = ("said", "tried") if event.verb == "refused" else ()
    return [f"{name.replace('_', ' ')}: {shown(value)}" for name, value in event.detail.items() if name not in hidden]


def shown(value: object) -> str:
    if isinstance(value, list) and len(value) == 2:
        return " → ".join(str(one) for one in value)
    text = ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)
    return text if len(text) <= 200 else f"{text[:199]}…"
