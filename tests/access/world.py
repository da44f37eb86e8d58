"""What the access table speaks of: a small world with one person of each role, and things of each kind."""

from types import SimpleNamespace

from blog.models import Coauthor, CrossPost, Series
from mentorship.cohorts import matching
from mentorship.cohorts.models import ApplicationQuestion, Exchange, Feed, Point, Schedule, Swap, Visit
from mentorship.people import tokens
from mentorship.study.models import ItemReport, Note, Question, Resume, Timer
from mentorship.study.plan.weeks import adopt
from projects.models import Feedback, OtherWork, Portfolio
from tests import factory
from tests.access import apprentices, together
from tests.guests import make_charter, make_invitation
from tests.study.library import shelf
from tests.study.questions.make import make_card, make_question


def make_world() -> SimpleNamespace:
    """Rows of every kind. `people` maps each role to its person (visitor: None)."""
    w = SimpleNamespace()
    w.people = {
        "visitor": None,
        "outsider": factory.make_person("Olga Ivanova"),
        "applicant": factory.make_person("Aiko Tanaka"),
        "mentee": factory.make_person("Amara Okafor"),
        "other_mentee": factory.make_person("Béla Kovács"),
        "mentor": factory.make_person("Mateo Rojas"),
        "other_mentor": factory.make_person("Noor Haddad"),
        "editor": factory.make_person("Emre Demir", groups=["editors"]),
        "admin": factory.make_person("Ada Lindqvist", groups=["admins"]),
    }
    w.stream = factory.make_stream()
    w.item = w.stream.items.get(key__endswith="chapter-5")
    w.project = w.stream.items.get(kind="project").project
    w.cohort = factory.make_cohort(stream=w.stream)
    w.open_cohort = factory.make_cohort(stream=w.stream, state="open")
    w.mentee = factory.make_membership(w.cohort, w.people["mentee"])
    factory.make_membership(w.cohort, w.people["other_mentee"])
    w.mentor = factory.make_membership(w.cohort, w.people["mentor"], role="mentor")
    w.assignment = factory.make_assignment(w.mentee, w.mentor)
    w.other_cohort = factory.make_cohort(stream=w.stream)
    factory.make_membership(w.other_cohort, w.people["other_mentor"], role="mentor")
    w.application = factory.make_application(w.open_cohort, w.people["applicant"])
    fields = {"cohort": w.open_cohort, "by": w.people["admin"]}
    w.reviewer = factory.make_membership(w.open_cohort, w.people["other_mentor"], role="mentor")
    w.reviewer.name_reviewer(by=w.people["admin"])
    w.application_question = ApplicationQuestion.ask(label="Which machine?", **fields)
    w.own_question = ApplicationQuestion.ask(label="Which language?", cohort=w.cohort, by=w.people["admin"])
    w.timer = Timer.start(by=w.people["mentee"])
    w.plan_slot = adopt(by=w.people["mentee"], key="evenings")[0]
    said = {"item": w.item, "kind": "unclear", "text": "Which fold?"}
    w.item_report = ItemReport.make(by=w.people["mentee"], **said)
    w.study_entry = factory.make_study_entry(w.people["mentee"])
    w.bank_question = make_question()
    w.card = make_card(w.people["mentee"], w.bank_question)
    w.left_out = make_card(w.people["mentee"])
    w.left_out.suspend()
    w.own_interview_question = Question.write(by=w.people["mentee"], text="Why folds?", covers=["Variance"])
    w.job = factory.make_job(w.people["mentee"])
    w.resume = Resume.make(by=w.people["mentee"], name="Forests")
    w.reading = factory.make_reading(w.people["mentee"])
    shelf.furnish(w)
    w.note = Note.write(by=w.people["mentee"], text="Why trees?\n\n- [ ] See [[Forests]]", is_gap=True)
    w.mentor_reads = Note.write(by=w.people["mentee"], text="For my mentor: [[Cohort]].", title="Mentor")
    w.mentor_reads.share(Note.Shared.MENTOR)
    w.cohort_reads = Note.write(by=w.people["mentee"], text="For all: [[Cohort]].", title="Cohort")
    w.cohort_reads.share(Note.Shared.COHORT)
    w.note_import, w.note_file = factory.make_note_import(w.people["mentee"], w.note)
    w.draft_cohort = factory.make_cohort(stream=w.stream, state="draft")
    w.test_cohort = factory.make_cohort(stream=w.stream, test=True)
    w.meeting = factory.make_meeting(w.cohort, coordinator=w.mentor)
    w.action = factory.make_action(w.meeting, w.mentee, made_by=w.people["mentor"])
    turn = factory.make_meeting(w.cohort, coordinator=w.mentee)
    other = w.cohort.memberships.get(person=w.people["other_mentee"])
    w.exchange = Exchange.objects.create(meeting=turn, asker=w.mentee, other=other)
    w.visit = Visit.objects.create(meeting=w.meeting, mentor=w.people["other_mentor"], asked_by=w.people["mentor"])
    w.point = Point.bring_up(w.meeting, by=w.people["mentee"], text="Recall or precision?")
    w.mentor_note = factory.make_mentor_note(w.mentee, w.people["mentor"])
    w.pair = factory.make_pair(w.cohort, w.people["mentee"], w.people["other_mentee"])
    upload = factory.make_upload("data.csv", b"a,b\n")
    w.submission = factory.make_submission(w.mentee, w.project, files=(upload,))
    w.round = w.submission.rounds.get()
    w.file = w.round.files.get()
    w.round.claim(by=w.people["mentor"])
    w.review = w.round.draft_of(w.people["mentor"])
    w.review.save_draft(by=w.people["mentor"], draft=factory.make_draft(), version=0)
    w.notebook, w.image = factory.make_rendered_notebook(w.round)
    w.second_project = factory.make_project(factory.make_item(w.item.unit, "second", kind="project"))
    w.returned = factory.make_submission(w.mentee, w.second_project)
    w.comment = factory.make_review(w.returned, w.people["mentor"]).comments.get()
    w.remark = w.comment.reply(by=w.people["mentee"], text="Because.")
    w.request = w.returned.change_requests.get()
    w.third_project = factory.make_project(factory.make_item(w.item.unit, "third", kind="project"))
    w.unclaimed = factory.make_submission(w.mentee, w.third_project).rounds.get()
    w.wish = factory.make_wish(w.mentee, w.mentor)
    w.proposal = matching.propose(cohort=w.cohort, by=w.people["admin"])
    w.swap = Swap.ask(assignment=w.assignment, by=w.people["mentee"])
    w.accepted = factory.make_submission(w.mentee, factory.make_project(factory.make_item(w.item.unit, kind="project")))
    factory.make_review(w.accepted, w.people["mentor"], factory.accepting(w.accepted))
    said = {"rating": 4, "testimonial": "Asked why, kindly."}
    w.feedback = Feedback.give(submission=w.accepted, mentor=w.people["mentor"], by=w.people["mentee"], **said)
    w.portfolio_project = factory.make_portfolio_project(w.accepted)
    Portfolio.of(w.people["mentee"]).change(by=w.people["mentee"], visibility="public", shows_score=True)
    Portfolio.of(w.people["other_mentee"]).change(by=w.people["other_mentee"], visibility="program")
    Portfolio.of(w.people["mentor"]).change(by=w.people["mentor"], about="Nobody reads this yet.")
    w.other_work = OtherWork.add(by=w.people["mentee"], title="A paper")
    w.away = factory.make_away(w.people["mentor"], 40, 46)
    w.fourth_project = factory.make_project(factory.make_item(w.item.unit, "fourth", kind="project"))
    w.again = factory.make_submission(w.mentee, w.fourth_project)
    factory.make_review(w.again, w.people["mentor"])
    w.second_round = w.again.hand_in(by=w.people["mentee"], work=factory.make_work(w.fourth_project))
    w.team_work = factory.make_team_work(w.cohort, w.people["mentee"], w.people["other_mentee"])
    w.draft = factory.make_post(w.people["mentee"])
    w.figure = factory.make_figure(w.draft)
    factory.make_revision(w.draft)
    w.cells = factory.make_post_notebook(w.people["mentee"])
    w.own_feed = factory.make_feed(w.people["mentee"])
    w.together = factory.make_post(w.people["mentee"])
    w.coauthor = Coauthor.ask(w.together, by=w.people["mentee"], handle=w.people["other_mentee"].handle)
    w.edited_post = factory.make_post(w.people["mentee"], state="in_editing")
    w.suggestion = factory.make_suggestion(w.edited_post, w.people["editor"])
    w.passage_comment = factory.make_passage_comment(w.edited_post, w.people["editor"])
    w.post = factory.make_post(w.people["mentee"], state="published")
    w.filed_post = factory.make_post(w.people["mentee"], state="published", category="trees", tags=["forests"])
    w.series = Series.make(by=w.people["mentee"], title="Trees", posts=[w.filed_post.pk])
    w.reader_comment = factory.make_reader_comment(w.post, w.people["other_mentee"])
    w.hidden_comment = factory.make_reader_comment(w.post, w.people["other_mentee"])
    w.hidden_comment.hide(by=w.people["editor"], reason="Off topic")
    w.reported_comment = factory.make_reader_comment(w.post, w.people["other_mentee"])
    w.reported_comment.report(by=w.people["mentor"])
    w.idea = factory.make_post(w.people["mentee"], state="idea")
    w.ready_post = factory.make_post(w.people["mentee"], state="ready", editor=w.people["editor"])
    made = {"url": "https://github.com/ml/blog/pull/1", "number": 1, "by": w.people["mentee"]}
    w.cross_post = CrossPost.opened_by_hand(w.post, **made)
    w.reply = factory.make_reply(w.people["mentor"])
    make_charter(w.cohort, w.people["admin"])
    w.invitation, w.invitation_token = make_invitation(w.cohort, w.people["admin"])
    together.furnish(w)
    w.outcome = factory.make_outcome(w.mentee, w.people["admin"])
    w.token, w.token_secret = tokens.issue(person=w.people["mentee"], name="notebook")
    w.schedule = Schedule.draft(w.cohort, by=w.people["admin"])
    w.due = w.cohort.due_dates.order_by("pk").first()
    w.extension = factory.make_extension(w.due, w.mentee, days=60)
    w.slot = factory.make_slot(w.mentor)
    w.booking = factory.make_slot(w.mentor, days=5).book(by=w.people["mentee"])
    w.talk, w.talk_secret = factory.make_talk(w.people["admin"], visibility="public")
    w.feed, w.feed_secret = Feed.make(by=w.people["mentee"])
    apprentices.furnish(w)
    w.export, w.import_ = factory.make_transfers(w.people["admin"])
    return w
