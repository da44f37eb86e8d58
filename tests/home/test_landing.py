from datetime import date, timedelta

from tests import factory


def test_a_visitor_reads_the_landing_page(client, db):
    answer = client.get("/")
    assert answer.status_code == 200
    assert "No cohort takes applications at the moment" in answer.content.decode()


def test_each_stream_says_for_whom_it_is_and_what_it_builds_up_to(client, db):
    stream = factory.make_stream(number=2, title="First ML job", audience="People who know the basics.")
    text = client.get("/").content.decode()
    assert stream.get_absolute_url() in text
    assert "People who know the basics." in text
    assert "a capstone in a team of three or four" in text


def test_cohorts_that_take_applications_are_named_the_next_first(client, db):
    stream, today = factory.make_stream(number=1), date.today()  # noqa: DTZ011
    for weeks in (9, 3, 11, 6):
        begins = today + timedelta(weeks=weeks)
        factory.make_cohort(stream=stream, state="open", name=f"In {weeks} weeks", starts_on=begins)
    shown = client.get("/").context["open_cohorts"]
    assert [cohort.name for cohort in shown] == ["In 3 weeks", "In 6 weeks", "In 9 weeks"]


def test_a_cohort_that_takes_none_is_not_named(client, db):
    yesterday = date.today() - timedelta(days=2)  # noqa: DTZ011
    factory.make_cohort(state="draft")
    factory.make_cohort(state="running")
    factory.make_cohort(state="open", applications_close_on=yesterday)
    assert client.get("/").context["open_cohorts"] == []


def test_the_landing_page_needs_few_queries(client, db, django_assert_max_num_queries):
    for number in (1, 2, 3):
        factory.make_cohort(stream=factory.make_stream(number=number), state="open")
    with django_assert_max_num_queries(2):
        client.get("/")


def test_home_asks_a_visitor_to_sign_in(client, db):
    assert client.get("/home/").url.startswith("/accounts/login/")


def test_home_opens_for_a_mentee(sign_in, amara, cohort):
    assert sign_in(amara).get("/home/").status_code == 200


def test_the_featured_post_is_shown_and_costs_no_query(client, amara, django_assert_max_num_queries):
    post = factory.make_post(amara, state="published", title="<b> & trees", featured_at=factory.days_ago(1))
    assert post.get_absolute_url() in client.get("/").content.decode()
    factory.make_stream()
    with django_assert_max_num_queries(2):
        page = client.get("/").content.decode()
    assert "&lt;b&gt; &amp; trees" in page
    assert f'href="{post.get_absolute_url()}"' in page


def test_without_one_there_is_no_place_for_it(client, db):
    assert "From the blog" not in client.get("/").content.decode()
