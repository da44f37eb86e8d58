"""The shipped curriculum holds what the program states: its items, links, hours, requirements and questions."""

import pytest
from django.conf import settings

from streams.loading.schema import read_curriculum

STREAMS = read_curriculum(settings.BASE_DIR / "streams" / "curriculum")
ITEMS = {item.key: item for stream in STREAMS for item in stream.items()}
PROJECTS = {project.key: project for stream in STREAMS for project in stream.projects()}


def test_three_streams_in_order():
    assert [(stream.number, stream.key) for stream in STREAMS] == [
        (1, "starting-out"),
        (2, "first-ml-job"),
        (3, "career-progress"),
    ]


@pytest.mark.parametrize(
    ("key", "url"),
    [
        ("basics.introduction", "https://www.deeplearningbook.org/contents/intro.html"),
        ("basics.chapter-5", "https://www.deeplearningbook.org/contents/ml.html"),
        # The program's page repeats prob.html for these three; the book names its files after its chapters.
        ("basics.refresher.linear-algebra", "https://www.deeplearningbook.org/contents/linear_algebra.html"),
        ("basics.refresher.probability", "https://www.deeplearningbook.org/contents/prob.html"),
        ("basics.refresher.numerical-computation", "https://www.deeplearningbook.org/contents/numerical.html"),
        ("basics.hands-on", "https://www.oreilly.com/library/view/hands-on-machine-learning/9781492032632/"),
        ("setup.introduction-session", "https://www.youtube.com/watch?v=HsPRlgtLm58"),
        ("setup.first-session", "https://www.youtube.com/watch?v=ifTIbTdy880"),
        ("setup.github", "https://product.hubspot.com/blog/git-and-github-tutorial-for-beginners"),
        ("setup.blog", "https://towardsdatascience.com/how-to-create-a-free-github-pages-website-53743d7524e1"),
        ("setup.mentees-page", "https://mlmentorship.github.io/mentees/"),
        ("setup.notebooks", "https://jupyter.org/"),
        (
            "setup.resources",
            "https://medium.com/machine-learning-in-practice/over-150-of-the-best-machine-learning-nlp-and-python-"
            "tutorials-ive-found-ffce2939bd78#hn",
        ),
        ("project-1", "https://www.kaggle.com/"),
        ("replication.example", "https://nlp.seas.harvard.edu/2018/04/03/attention.html"),
        ("writing.cross-post", "https://mlmentorship.github.io/"),
    ],
)
def test_the_programs_links(key, url):
    assert ITEMS[key].url == url


def test_links_inside_texts():
    assert "https://github.com/adam-p/markdown-here/wiki/Markdown-Cheatsheet" in ITEMS["setup.notebooks"].note
    example = next(row for row in PROJECTS["advanced-project-1"].criteria if row.key == "blog-post")
    assert "https://nlp.seas.harvard.edu/2018/04/03/attention.html" in example.guidance


@pytest.mark.parametrize(
    ("parent", "parts"),
    [
        ("basics.refresher", ["linear-algebra", "probability", "numerical-computation"]),
        ("algorithms.regression", ["linear-regression"]),
        ("algorithms.clustering", ["k-means"]),
        ("algorithms.classification", ["logistic-regression", "svm", "random-forest"]),
        ("evaluation.generalization", ["cross-validation", "over-fitting"]),
        ("evaluation.measures", ["accuracy", "recall", "precision", "f1", "roc-curve", "loss-functions"]),
        ("intermediate.classifiers", ["random-forests", "gradient-boosting", "lightgbm"]),
        ("intermediate.neural-networks", ["convnets", "lstms", "autoencoders"]),
    ],
)
def test_the_programs_topics(parent, parts):
    assert [part.key.rpartition(".")[2] for part in ITEMS[parent].items] == parts


def test_what_is_optional_in_the_program_is_optional_here():
    assert ITEMS["basics.hands-on"].optional
    assert ITEMS["basics.refresher"].optional
    assert not ITEMS["basics.chapter-5"].optional


@pytest.mark.parametrize(
    ("key", "label", "hours", "team", "criteria"),
    [
        ("project-1", "Project 1", (40, 60), (1, 1), 9),
        ("project-2", "Project 2", (80, 100), (1, 1), 9 + 4),
        ("project-3", "Project 3", (80, 100), (1, 1), 9 + 4),
        ("project-4", "Project 4", (200, 300), (3, 4), 6),
        ("advanced-project-1", "Advanced project 1", (40, 60), (1, 1), 3),
        ("advanced-project-2", "Advanced project 2", (None, None), (1, 1), 5),
    ],
)
def test_the_programs_projects(key, label, hours, team, criteria):
    project = PROJECTS[key]
    assert project.label == label
    assert (project.hours_min, project.hours_max) == hours
    assert (project.team_min, project.team_max) == team
    assert len(project.criteria) == criteria
    assert len(project.requirements) >= 2
    assert project.focus


def test_the_same_problem_again_takes_fewer_hours():
    for key in ("project-2", "project-3"):
        assert "40 to 60" in PROJECTS[key].hours_note
    assert "5 to 10 days" in PROJECTS["project-4"].hours_note


def test_the_five_steps_of_advanced_project_2_and_whose_its_questions_are():
    project = PROJECTS["advanced-project-2"]
    assert len(project.requirements) == 5
    assert {criterion.source for criterion in project.criteria} == {"ours"}
    others = [row for key, brief in PROJECTS.items() if key != project.key for row in brief.criteria]
    assert {row.source for row in others} == {"program"}


def test_hours_of_single_items_are_marked_as_ours():
    assert {item.estimate for item in ITEMS.values() if item.hours is not None} == {"ours"}


def test_each_stream_asks_for_a_post_and_the_later_ones_prepare_for_interviews():
    for key in ("writing.first-post", "job-writing.post", "career-writing.post"):
        assert ITEMS[key].kind == "milestone"
        assert not ITEMS[key].optional
    units = {stream.number: {unit.key for unit in stream.units} for stream in STREAMS}
    assert "job-interviews" in units[2]
    assert "career-interviews" in units[3]
