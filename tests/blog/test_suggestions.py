"""Suggestions on a passage: made, accepted, refused, withdrawn, and what becomes of them while the text changes."""

import pytest
from django.db import IntegrityError, transaction

from blog.anchors import Passage
from blog.models import Post, Suggestion
from blog.writing import revise, text_of
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notification
from mentorship.people.models import Event
from tests.cohorts.test_at_once import at_once, codes
from tests.factory import days_ago, make_coauthor, make_person, make_post

pytestmark = pytest.mark.django_db
BODY = "A cat sat on teh mat. It purred all day long. Then it slept."


@pytest.fixture
def post(amara, emre):
    return make_post(amara, title="Why", body=BODY, state="in_editing", editor=emre)


def suggest(post, by, quote="teh mat", replacement="the mat", **more):
    return Suggestion.make(post, by=by, passage=Passage(quote), replacement=replacement, **more)


def code_of(verb, *given, **arguments):
    with pytest.raises(Refused) as refusal:
        verb(*given, **arguments)
    return refusal.value.code


def write(post, by, body):
    revise(post, by=by, version=post.version, text=type(text_of(post))(post.title, body=body))


def told(person, kind):
    return Notification.objects.filter(person=person, kind=kind).count()


def test_accepted_it_is_a_version_that_names_who_suggested(post, amara, emre):
    suggestion = suggest(post, emre, why="A slip.")
    suggestion.accept(by=amara)
    post.refresh_from_db()
    assert post.body == BODY.replace("teh", "the")
    assert "the mat" in post.body_html
    revision = post.revisions.get(version=2)
    assert (revision.saved_by, revision.suggested_by, revision.body) == (amara, emre, post.body)
    assert (suggestion.state, suggestion.decided_by) == ("accepted", amara)
    assert code_of(suggestion.accept, by=amara) == "decided_already"
    assert code_of(suggestion.refuse, by=amara) == "decided_already"


def test_inserting_and_deleting(post, amara, emre):
    insert = Suggestion.make(post, by=emre, passage=Passage("", 1), replacement=" grey", version=1)
    delete = suggest(post, emre, " Then it slept.", "")
    insert.accept(by=amara)
    delete.refresh_from_db()
    delete.accept(by=amara)
    assert Post.objects.get().body == "A grey cat sat on teh mat. It purred all day long."


def test_refused_with_a_word_and_withdrawn(post, amara, emre, mateo):
    first, second = suggest(post, emre), suggest(post, emre, "purred", "sang")
    assert code_of(second.withdraw, by=amara) == "cannot_suggest"
    first.refuse(by=amara, word="It is a joke.")
    second.withdraw(by=emre)
    assert (first.state, first.word, second.state) == ("refused", "It is a joke.", "withdrawn")
    assert Post.objects.get().body == BODY
    assert Notification.objects.get(person=emre, kind="suggestion_decided").body == "It is a joke."


def test_who_may(post, cohort, amara, bela, mateo, emre, ada):
    assert code_of(suggest, post, amara) == "cannot_suggest"
    assert code_of(suggest, post, bela) == "cannot_suggest"
    suggestion = suggest(post, mateo)
    for person in (bela, mateo, emre, ada):
        assert code_of(suggestion.accept, by=person) == "cannot_decide"
        assert code_of(suggestion.refuse, by=person) == "cannot_decide"
    assert code_of(suggestion.withdraw, by=emre) == "cannot_withdraw"


@pytest.mark.parametrize(
    ("quote", "replacement", "code"),
    [
        ("a dog", "a cat", "passage_gone"),
        ("at", "it", "passage_ambiguous"),
        ("teh mat", "teh mat", "changes_nothing"),
        ("teh mat", "x" * 10_001, "replacement_too_long"),
        ("", "x", "passage_missing"),
    ],
)
def test_what_is_refused(post, emre, quote, replacement, code):
    assert code_of(suggest, post, emre, quote, replacement) == code


def test_not_ready_while_suggestions_are_open(post, amara, emre):
    first, second = suggest(post, emre), suggest(post, emre, "purred", "sang")
    with pytest.raises(Refused) as refusal:
        post.mark_ready(by=emre)
    assert refusal.value.message.startswith("2 suggestions are open")
    first.accept(by=amara)
    assert code_of(post.publish, by=emre) == "suggestions_open"
    second.refuse(by=amara)
    post.mark_ready(by=emre)
    assert code_of(suggest, post, emre, "slept", "woke") == "cannot_suggest"


def test_it_moves_with_the_text(post, amara, emre):
    suggestion = suggest(post, emre)
    write(post, amara, "Listen. " + BODY)
    suggestion.accept(by=amara)
    assert Post.objects.get().body == "Listen. " + BODY.replace("teh", "the")


def test_a_passage_that_changed_is_looked_at_once_more(post, amara, emre):
    suggestion = suggest(post, emre, "on teh mat", "upon the mat")
    write(post, amara, BODY.replace("teh mat", "teh red mat"))
    assert code_of(suggestion.accept, by=amara) == "passage_changed"
    assert code_of(suggestion.accept, by=amara, seen="on teh mat") == "passage_changed"
    suggestion.accept(by=amara, seen="on teh red mat")
    assert "sat upon the mat. It" in Post.objects.get().body


def test_its_place_gone_it_is_outdated_and_open_again_when_the_passage_comes_back(post, amara, emre):
    suggestion = suggest(post, emre)
    for body, state in (("All new.", "outdated"), (BODY + " More.", "open"), (BODY.replace("teh", "the"), "outdated")):
        write(post, amara, body)
        suggestion.refresh_from_db()
        assert suggestion.state == state
    assert code_of(suggestion.accept, by=amara) == "decided_already"
    post.mark_ready(by=emre)


def test_of_overlapping_ones_the_other_is_outdated_or_asks_to_be_seen(post, amara, emre):
    whole = suggest(post, emre, "It purred all day long.", "Silence.")
    part = suggest(post, emre, "purred", "sang")
    other = suggest(post, emre, "all day long", "all night long")
    part.accept(by=amara)
    whole.refresh_from_db()
    assert (whole.state, code_of(whole.accept, by=amara)) == ("open", "passage_changed")
    whole.accept(by=amara, seen="It sang all day long.")
    other.refresh_from_db()
    assert (other.state, other.start) == ("outdated", None)


def test_a_co_author_decides_as_well_and_suggests_nothing(post, cohort, amara, bela, emre):
    make_coauthor(post, bela)
    suggestion = suggest(post, emre)
    assert told(bela, "post_suggested") == 1
    suggestion.accept(by=bela)
    assert post.revisions.get(version=2).saved_by == bela
    assert code_of(suggest, post, bela, "slept", "woke") == "cannot_suggest"


def test_a_burst_is_one_message(post, amara, emre, mateo, cohort):
    suggest(post, emre, at=days_ago(1))
    suggest(post, emre, "purred", "sang", at=days_ago(1))
    suggest(post, mateo, "slept", "woke", at=days_ago(1))
    assert told(amara, "post_suggested") == 2
    suggest(post, emre, "day", "night")
    assert told(amara, "post_suggested") == 3
    for suggestion in post.suggestions.filter(by=emre):
        suggestion.accept(by=amara)
    assert told(emre, "suggestion_decided") == 1


def test_history_names_it(post, amara, emre):
    suggest(post, emre).accept(by=amara)
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == ["suggested", "accepted_suggestion"]


@pytest.mark.parametrize(
    "change",
    [{"state": "accepted"}, {"state": "lost"}, {"start": None}, {"end": 1}, {"replacement": "teh mat"}],
)
def test_the_database_refuses_what_the_verbs_never_do(post, emre, change):
    suggest(post, emre)
    with pytest.raises(IntegrityError), transaction.atomic():
        Suggestion.objects.update(**change)


@pytest.mark.django_db(transaction=True)
def test_at_once_one_decision_wins_and_nothing_waits_for_ever():
    author, editor = make_person("Amara Okafor"), make_person("Emre Demir", groups=["editors"])
    post = make_post(author, body=BODY, state="in_editing", editor=editor)
    pk, other = suggest(post, editor).pk, suggest(post, editor, "purred", "sang").pk

    def calls():
        yield lambda: Suggestion.objects.select_related("post").get(pk=pk).accept(by=author)
        yield lambda: Suggestion.objects.select_related("post").get(pk=pk).refuse(by=author)
        yield lambda: Suggestion.objects.select_related("post").get(pk=pk).withdraw(by=editor)
        yield lambda: Suggestion.objects.select_related("post").get(pk=other).accept(by=author)
        yield lambda: Post.objects.get(pk=post.pk).mark_ready(by=editor)

    results = at_once(list(calls()))
    decisions = codes(results[:3])
    assert decisions.count("done") == 1
    assert set(decisions) <= {
        "done",
        "decided_already",
        "cannot_decide",
        "cannot_suggest",
    }  # the latter once it is ready
    assert codes(results[3:]) in (["done", "done"], ["done", "suggestions_open"])
    assert Suggestion.objects.open().count() == 0
    body = Post.objects.get().body
    assert ("the mat" in body) == (Suggestion.objects.get(pk=pk).state == "accepted")
    assert "sang" in body
