"""The format of mentorship/study/questions/bank/*.yaml, checked while it is read.

    topic:      key title source (a list)
    questions:  list of  key round level question covers (3 to 6 points) source
                         answer?  roles? items? criteria? ("project-key/criterion-key")

and of rounds.yaml beside them:

    rounds:     list of  key title summary looks_for       every round once
    roles:      list of  key title summary source
                         rounds (round weight focus; the weights add up to 100)

Nothing here touches the database.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from yaml.nodes import Node

from mentorship.study.questions.spec import (
    LEVELS,
    ROUNDS,
    Bank,
    QuestionSpec,
    RoleSpec,
    RoundSpec,
    TopicSpec,
    WeightSpec,
)
from streams.loading.reader import CurriculumInvalid, Fields, Problem, Reader, compose
from streams.loading.schema import KEY, SLUG, WORDS
from streams.loading.spec import StreamSpec

BANK = Path(__file__).parent / "bank"
ROUNDS_FILE = "rounds.yaml"
# Those of mentorship/study/library/data/sources.yaml, and ourselves.
SOURCES = ("program", "twelve-months", "interview-notes", "problem-first", "deep-learning-path", "ours")
CRITERION = re.compile(rf"{SLUG.pattern}/{SLUG.pattern}")
FEWEST, MOST = 3, 6


def read_bank(directory: Path = BANK) -> Bank:
    """Read and check every *.yaml of the directory.

    Returns topics by file, with rounds and roles. Raises CurriculumInvalid with every problem found. A directory
    without topics is a problem as well, so that a wrong path cannot retire everything.
    """
    problems: list[Problem] = []
    paths = sorted(path for path in directory.glob("*.yaml") if path.name != ROUNDS_FILE)
    if not paths:
        problems.append(Problem(str(directory), 0, "there is no .yaml file with questions here"))
    rounds, roles = _plan(directory / ROUNDS_FILE, problems)
    topics = []
    for path in paths:
        reader = Reader(path.name, problems)
        root = compose(path, reader)
        if root is not None and (topic := _topic(reader, root)):
            topics.append(topic)
    problems += _collisions(topics)
    problems += _unknown_roles(topics, roles)
    if problems:
        raise CurriculumInvalid(sorted(problems))
    return Bank(topics=tuple(topics), rounds=rounds, roles=roles)


def lost_places(bank: Bank, streams: Sequence[StreamSpec]) -> Iterator[Problem]:
    """Items and criteria that questions name and that the curriculum does not have."""
    items = {item.key for stream in streams for item in stream.items()}
    criteria = {
        f"{project.key}/{criterion.key}"
        for stream in streams
        for project in stream.projects()
        for criterion in project.criteria
    }
    for question in bank.questions():
        for key in question.items:
            if key not in items:
                yield Problem(question.file, question.line, f"there is no item '{key}' in the curriculum")
        for key in question.criteria:
            if key not in criteria:
                yield Problem(question.file, question.line, f"there is no criterion '{key}' in the curriculum")


def _topic(reader: Reader, node: Node) -> TopicSpec | None:
    top = reader.mapping(node, "the file", required=("topic", "questions"))
    head = top.mapping("topic", required=("key", "title", "source"))
    if head is None:
        return None
    key = head.matching("key", SLUG, WORDS, longest=60)
    return TopicSpec(
        key=key,
        title=head.text("title", longest=120),
        sources=_keys(head, "source", SOURCES),
        questions=tuple(
            _question(row, key, reader.file)
            for row in top.mappings(
                "questions",
                required=("key", "round", "level", "question", "covers", "source"),
                optional=("answer", "roles", "items", "criteria"),
            )
        ),
        file=reader.file,
        line=head.line("key"),
    )


def _question(row: Fields, topic: str, file: str) -> QuestionSpec:
    covers = tuple(row.texts("covers"))
    if covers and not FEWEST <= len(covers) <= MOST:
        row.problem("covers", f"'covers' has {len(covers)} points; {FEWEST} to {MOST} are asked for")
    return QuestionSpec(
        key=row.matching("key", SLUG, WORDS, longest=80),
        topic=topic,
        round=row.choice("round", ROUNDS),
        level=row.whole("level", least=min(LEVELS), most=max(LEVELS)) or 0,
        question=row.text("question", longest=2000),
        covers=covers,
        answer=row.text("answer"),
        source=row.choice("source", SOURCES),
        roles=_keys(row, "roles"),
        items=_keys(row, "items", pattern=KEY, must_be="the key of an item"),
        criteria=_keys(row, "criteria", pattern=CRITERION, must_be="a project's key, a stroke and its criterion's"),
        file=file,
        line=row.line("key"),
    )


def _keys(
    row: Fields,
    name: str,
    choices: Sequence[str] = (),
    *,
    pattern: re.Pattern[str] = SLUG,
    must_be: str = WORDS,
) -> tuple[str, ...]:
    """A list of keys, each once; of `choices` only, if there are any."""
    if not row.has(name):
        return ()
    keys = row.texts(name)
    for key, count in Counter(key for key in keys if key).items():
        if count > 1:
            row.problem(name, f"'{key}' is given twice in '{name}'")
        if choices and key not in choices:
            row.problem(name, f"'{name}' must be of {', '.join(choices)}, not '{key}'")
        elif not pattern.fullmatch(key):
            row.problem(name, f"'{name}' must hold {must_be}, not '{key}'")
    return tuple(keys)


def _plan(path: Path, problems: list[Problem]) -> tuple[tuple[RoundSpec, ...], tuple[RoleSpec, ...]]:
    reader = Reader(path.name, problems)
    root = compose(path, reader)
    if root is None:
        return (), ()
    top = reader.mapping(root, "the file", required=("rounds", "roles"))
    rounds = tuple(
        RoundSpec(
            key=row.choice("key", ROUNDS),
            title=row.text("title", longest=80),
            summary=row.text("summary", longest=1000),
            looks_for=row.text("looks_for", longest=1000),
            line=row.line("key"),
        )
        for row in top.mappings("rounds", required=("key", "title", "summary", "looks_for"))
    )
    if rounds and sorted(row.key for row in rounds) != sorted(ROUNDS):
        top.problem("rounds", f"'rounds' must hold each of {', '.join(ROUNDS)} once")
    roles = tuple(_role(row) for row in top.mappings("roles", required=("key", "title", "summary", "source", "rounds")))
    for key, count in Counter(role.key for role in roles if role.key).items():
        if count > 1:
            top.problem("roles", f"role '{key}' is given twice")
    return rounds, roles


def _role(row: Fields) -> RoleSpec:
    weights = tuple(
        WeightSpec(
            round=weight.choice("round", ROUNDS),
            weight=weight.whole("weight", least=1, most=100) or 0,
            focus=weight.text("focus", longest=500),
            line=weight.line("round"),
        )
        for weight in row.mappings("rounds", required=("round", "weight", "focus"))
    )
    if weights and sum(weight.weight for weight in weights) != 100:
        row.problem("rounds", f"the weights add up to {sum(weight.weight for weight in weights)}, not to 100")
    if len({weight.round for weight in weights}) != len(weights):
        row.problem("rounds", "a round is given twice")
    return RoleSpec(
        key=row.matching("key", SLUG, WORDS, longest=60),
        title=row.text("title", longest=80),
        summary=row.text("summary", longest=1000),
        source=row.choice("source", SOURCES),
        rounds=weights,
        line=row.line("key"),
    )


def _collisions(topics: Sequence[TopicSpec]) -> Iterator[Problem]:
    """Keys of topics and of questions that are used more than once, in one file or in several."""
    seen: dict[tuple[str, str], str] = {}
    rows = [("topic", topic.key, topic.file, topic.line) for topic in topics]
    rows += [("question", row.key, row.file, row.line) for topic in topics for row in topic.questions]
    for what, key, file, line in rows:
        here = f"{file}:{line}"
        if key and (first := seen.setdefault((what, key), here)) != here:
            yield Problem(file, line, f"{what} '{key}' is used already at {first}")


def _unknown_roles(topics: Sequence[TopicSpec], roles: Sequence[RoleSpec]) -> Iterator[Problem]:
    known = {role.key for role in roles}
    for question in (row for topic in topics for row in topic.questions):
        for key in question.roles:
            if known and key not in known:
                yield Problem(question.file, question.line, f"there is no role '{key}' in {ROUNDS_FILE}")
