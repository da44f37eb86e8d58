"""Each mistake in a curriculum file is named by file, line and reason; all of them at once."""

import pytest

from streams.loading.reader import CurriculumInvalid
from streams.loading.schema import read_curriculum

GOOD = """\
stream:
  key: first-steps
  number: 1
  title: First steps
  tagline: A tagline.
  summary: A summary.
  audience: Everyone.
units:
  - key: basics
    title: Basics
    items:
      - key: basics.intro
        kind: reading
        title: Introduction
        url: https://example.org/intro.html
        hours: 2.5
        estimate: ours
      - key: basics.maths
        kind: topic
        title: Mathematics
        optional: true
        items:
          - {key: basics.maths.algebra, kind: topic, title: Algebra}
      - key: project-a
        kind: project
        title: A project
        project:
          label: Project A
          hours_min: 40
          hours_max: 60
          focus: Learning.
          requirements: [Do it.]
          criteria:
            - {key: why, question: Why so}
      - key: project-b
        kind: project
        title: Another project
        project:
          label: Project B
          team_min: 3
          team_max: 4
          focus: Learning.
          requirements: [Do it.]
          criteria_from: project-a
          criteria:
            - {key: how, question: How so}
"""


def problems(directory) -> list[str]:
    with pytest.raises(CurriculumInvalid) as invalid:
        read_curriculum(directory)
    return [str(problem) for problem in invalid.value.problems]


def test_a_good_file_is_read(tmp_path):
    (tmp_path / "a.yaml").write_text(GOOD)
    (stream,) = read_curriculum(tmp_path)
    assert [item.key for item in stream.items()] == [
        "basics.intro", "basics.maths", "basics.maths.algebra", "project-a", "project-b"
    ]  # fmt: skip
    first, second = stream.projects()
    assert [criterion.key for criterion in second.criteria] == ["why", "how"]
    assert (first.hours_each, second.hours_each) == (50, None)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("  title: First steps", "  titel: First steps", "a.yaml:4: unknown field 'titel'"),
        ("  title: First steps\n", "", "a.yaml:2: 'title' is missing in 'stream'"),
        ("  title: First steps", "  title: ''", "a.yaml:4: 'title' must not be empty"),
        ("  title: First steps", "  title: [a]", "a.yaml:4: 'title' must be a text, not a list"),
        ("  title: First steps", "  title: 7", "a.yaml:4: 'title' must be a text, not a whole number (7)"),
        ("  title: First steps", f"  title: {'x' * 200}", "a.yaml:4: 'title' has 200 characters; 120 are allowed"),
        ("  number: 1", "  number: one", "a.yaml:3: 'number' must be a whole number, not a text (one)"),
        ("  number: 1", "  number: 1\n  number: 2", "a.yaml:4: 'number' is given twice in 'stream'"),
        ("  key: first-steps", "  key: First Steps", "a.yaml:2: 'key' must be lower-case words joined by hyphens"),
        ("key: basics.intro", "key: basics..intro", "a.yaml:12: 'key' must be lower-case words"),
        ("kind: reading", "kind: lecture", "a.yaml:13: 'kind' must be one of topic, reading"),
        ("https://example.org/intro.html", "example.org", "a.yaml:15: 'url' must be an address that begins with https://"),
        ("https://example.org/intro.html", "javascript:alert(1)", "a.yaml:15: 'url' must be an address"),
        ("hours: 2.5", "hours: -1", "a.yaml:16: 'hours' must be from 0 to 2000, not -1"),
        ("hours: 2.5", "hours: many", "a.yaml:16: 'hours' must be a number, not a text (many)"),
        ("hours: 2.5", "hours: .inf", "a.yaml:16: 'hours' must be a number"),
        ("hours: 2.5", "hours: 2.55", "a.yaml:16: 'hours' has more than one decimal"),
        ("        estimate: ours\n", "", "a.yaml:16: 'hours' and 'estimate' go together"),
        ("estimate: ours", "estimate: mine", "a.yaml:17: 'estimate' must be one of ours, program"),
        ("optional: true", "optional: perhaps", "a.yaml:21: 'optional' must be true or false, not a text (perhaps)"),
        ("optional: true", "hours: 3\n        estimate: ours", "a.yaml:21: hours of a parent follow from its parts"),
        ("items:\n          - {key: basics.maths.algebra, kind: topic, title: Algebra}", "items: []",
         "a.yaml:22: 'items' must be a list with at least one entry"),
        ("key: basics.maths.algebra", "key: basics.intro", "a.yaml:23: item 'basics.intro' is used already"),
        ("kind: reading", "kind: project", "a.yaml:13: kind 'project' and the field 'project' go together"),
        ("key: project-a\n", "key: project.a\n", "a.yaml:24: a project's key is its address and has no dots"),
        ("hours_min: 40", "hours_min: 90", "a.yaml:29: hours_min 90 is more than hours_max 60"),
        ("          hours_max: 60\n", "", "a.yaml:29: 'hours_min' and 'hours_max' go together"),
        ("team_max: 4", "team_max: 2", "a.yaml:40: team_min 3 is more than team_max 2"),
        ("criteria_from: project-a", "criteria_from: project-z", "criteria_from: there is no project 'project-z'"),
        ("criteria_from: project-a", "criteria_from: project-b", "criteria_from: 'project-b' leads back to itself"),
        ("{key: how, question: How so}", "{key: why, question: Why so}", "a.yaml:46: criterion 'why' occurs twice"),
        ("focus: Learning.\n          requirements: [Do it.]", "focus: Learning.\n          requirements: Do it.",
         "a.yaml:32: 'requirements' must be a list"),
        ("- {key: basics.maths.algebra, kind: topic, title: Algebra}", "- just a text",
         "a.yaml:23: an entry of 'items' must be a mapping of fields, not a text (just a text)"),
        ("stream:\n", "stream: [\n", "not valid YAML"),
        ("  title: First steps", "  title: \x00", "not valid YAML"),
        ("  key: first-steps", "  key: &here first-steps", "a.yaml:2: anchors and aliases are not allowed"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(tmp_path, old, new, expected):
    assert old in GOOD
    (tmp_path / "a.yaml").write_text(GOOD.replace(old, new, 1))
    found = problems(tmp_path)
    assert any(expected in problem for problem in found), found


def test_all_mistakes_are_named_at_once_in_order(tmp_path):
    (tmp_path / "a.yaml").write_text(GOOD.replace("number: 1", "number: x").replace("kind: reading", "kind: x"))
    found = problems(tmp_path)
    assert [problem.split(": ")[0] for problem in found] == ["a.yaml:3", "a.yaml:13"]


def test_a_key_used_in_two_files_names_both(tmp_path):
    (tmp_path / "a.yaml").write_text(GOOD)
    other = (
        GOOD.replace("first-steps", "other").replace("number: 1", "number: 2").replace("key: project-", "key: work-")
    )
    (tmp_path / "b.yaml").write_text(other.replace("criteria_from: project-a", "criteria_from: work-a"))
    assert "b.yaml:12: item 'basics.intro' is used already at a.yaml:12" in problems(tmp_path)


def test_criteria_may_not_run_in_a_circle(tmp_path):
    text = GOOD.replace(
        "          criteria:\n            - {key: why, question: Why so}\n", "          criteria_from: project-b\n"
    )
    (tmp_path / "a.yaml").write_text(text)
    assert any("leads back to itself" in problem for problem in problems(tmp_path))


@pytest.mark.parametrize("text", ["", "# nothing\n", "just a text", "- a\n- b\n", "a: " + "[" * 90 + "]" * 90])
def test_a_file_that_is_something_else_is_refused(tmp_path, text):
    (tmp_path / "a.yaml").write_text(text)
    assert problems(tmp_path)


def test_bytes_that_are_no_text_are_refused(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe\x00stream")
    assert "a.yaml:1: cannot be read" in problems(tmp_path)[0]


def test_a_wrong_path_is_a_mistake_and_not_an_empty_curriculum(tmp_path):
    assert "there is no .yaml file here" in problems(tmp_path)[0]
    assert "there is no .yaml file here" in problems(tmp_path / "nowhere")[0]
