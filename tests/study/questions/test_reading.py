"""Each mistake in the bank of questions is named by file, line and reason; all of them at once."""

import pytest

from mentorship.study.questions.reading import lost_places, read_bank
from streams.loading.reader import CurriculumInvalid

TOPIC = """\
topic:
  key: basics
  title: Basics
  source: [program, ours]
questions:
  - key: first-one
    round: breadth
    level: 1
    question: What is $x$?
    covers: [One., Two., Three.]
    source: ours
  - key: second-one
    round: coding
    level: 3
    question: Write it down.
    covers: [One., Two., Three.]
    answer: |
      x = 1
    source: program
    roles: [engineer]
    items: [basics.intro]
    criteria: [project-1/why]
"""
PLAN = """\
rounds:
  - {key: breadth, title: Breadth, summary: S, looks_for: L}
  - {key: depth, title: Depth, summary: S, looks_for: L}
  - {key: system_design, title: Design, summary: S, looks_for: L}
  - {key: coding, title: Coding, summary: S, looks_for: L}
  - {key: behavioural, title: Behavioural, summary: S, looks_for: L}
  - {key: project, title: Project, summary: S, looks_for: L}
roles:
  - key: engineer
    title: Engineer
    summary: Builds.
    source: ours
    rounds:
      - {round: coding, weight: 60, focus: Code}
      - {round: breadth, weight: 40, focus: All}
"""


def write(directory, topic=TOPIC, plan=PLAN):
    (directory / "a.yaml").write_text(topic)
    (directory / "rounds.yaml").write_text(plan)
    return directory


def problems(directory) -> list[str]:
    with pytest.raises(CurriculumInvalid) as invalid:
        read_bank(directory)
    return [str(problem) for problem in invalid.value.problems]


def test_good_files_are_read(tmp_path):
    bank = read_bank(write(tmp_path))
    first, second = bank.questions()
    assert (first.key, first.topic, first.round, first.level, first.line) == ("first-one", "basics", "breadth", 1, 6)
    assert (first.answer, first.roles, first.items) == ("", (), ())
    assert (second.answer, second.criteria, second.covers[2]) == ("x = 1", ("project-1/why",), "Three.")
    assert [(row.round, row.weight) for row in bank.roles[0].rounds] == [("coding", 60), ("breadth", 40)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("round: breadth", "round: chess", "a.yaml:7: 'round' must be one of breadth, depth"),
        ("level: 1", "level: 4", "a.yaml:8: 'level' must be from 1 to 3, not 4"),
        ("level: 1", "level: hard", "a.yaml:8: 'level' must be a whole number, not a text (hard)"),
        ("[One., Two., Three.]", "[One., Two.]", "a.yaml:10: 'covers' has 2 points; 3 to 6 are asked for"),
        ("[One., Two., Three.]", "[a, b, c, d, e, f, g]", "a.yaml:10: 'covers' has 7 points"),
        ("    covers: [One., Two., Three.]\n", "", "a.yaml:6: 'covers' is missing"),
        ("source: ours", "source: hearsay", "a.yaml:11: 'source' must be one of program, twelve-months"),
        ("[program, ours]", "[hearsay]", "a.yaml:4: 'source' must be of program, twelve-months"),
        ("key: second-one", "key: first-one", "a.yaml:12: question 'first-one' is used already at a.yaml:6"),
        ("key: second-one", "key: Second one", "a.yaml:12: 'key' must be lower-case words joined by hyphens"),
        ("[engineer]", "[astronaut]", "a.yaml:12: there is no role 'astronaut' in rounds.yaml"),
        ("[basics.intro]", "[basics.intro, basics.intro]", "a.yaml:21: 'basics.intro' is given twice in 'items'"),
        ("[project-1/why]", "[why]", "a.yaml:22: 'criteria' must hold a project's key, a stroke"),
        ("    source: program", "    hint: none\n    source: program", "a.yaml:19: unknown field 'hint'"),
    ],
)
def test_a_mistake_in_a_topic_is_named_with_its_line(tmp_path, old, new, expected):
    assert old in TOPIC
    found = problems(write(tmp_path, topic=TOPIC.replace(old, new, 1)))
    assert any(problem.startswith(expected) for problem in found), found


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("weight: 60", "weight: 50", "rounds.yaml:14: the weights add up to 90, not to 100"),
        ("weight: 60", "weight: 0", "rounds.yaml:14: 'weight' must be from 1 to 100, not 0"),
        ("round: breadth, weight", "round: coding, weight", "rounds.yaml:14: a round is given twice"),
        ("{key: depth,", "{key: breadth,", "rounds.yaml:2: 'rounds' must hold each of breadth, depth"),
    ],
)
def test_a_mistake_in_the_plan_is_named_with_its_line(tmp_path, old, new, expected):
    assert old in PLAN
    found = problems(write(tmp_path, plan=PLAN.replace(old, new, 1)))
    assert any(problem.startswith(expected) for problem in found), found


def test_all_mistakes_are_named_at_once(tmp_path):
    found = problems(write(tmp_path, TOPIC.replace("level: 1", "level: 9").replace("round: coding", "round: x")))
    assert [problem.split(": ")[0] for problem in found] == ["a.yaml:8", "a.yaml:13"]


def test_a_key_of_two_files_names_both(tmp_path):
    write(tmp_path)
    (tmp_path / "b.yaml").write_text(TOPIC.replace("key: basics", "key: more").replace("second-one", "third-one"))
    assert problems(tmp_path) == ["b.yaml:6: question 'first-one' is used already at a.yaml:6"]


def test_a_wrong_path_is_a_mistake_and_not_an_empty_bank(tmp_path):
    assert any("there is no .yaml file with questions here" in problem for problem in problems(tmp_path))


def test_what_the_curriculum_does_not_have_is_named(tmp_path):
    assert [str(problem) for problem in lost_places(read_bank(write(tmp_path)), [])] == [
        "a.yaml:12: there is no item 'basics.intro' in the curriculum",
        "a.yaml:12: there is no criterion 'project-1/why' in the curriculum",
    ]
