"""The shipped bank covers what a candidate is asked, belongs to the curriculum, and can be shown."""

import re
from collections import Counter

import pytest
import yaml
from django.conf import settings

from mentorship.common.rendering.tex import tex_to_html
from mentorship.study.questions.reading import SOURCES, lost_places, read_bank
from mentorship.study.questions.spec import LEVELS, ROUNDS
from streams.loading.schema import read_curriculum

BANK = read_bank()
QUESTIONS = {question.key: question for question in BANK.questions()}
STREAMS = read_curriculum(settings.BASE_DIR / "streams" / "curriculum")
FORMULA = re.compile(r"\$([^$]+)\$")


def test_enough_of_everything():
    rounds = Counter(question.round for question in QUESTIONS.values())
    assert len(QUESTIONS) >= 240
    assert {name: count for name, count in rounds.items() if count < 20} == {}
    assert set(rounds) == set(ROUNDS)
    assert {question.level for question in QUESTIONS.values()} == set(LEVELS)
    assert len({question.question for question in QUESTIONS.values()}) == len(QUESTIONS)


@pytest.mark.parametrize(
    ("named", "keys"),
    [
        ("bias and variance", ["bias-variance-decomposition"]),
        ("over- and underfitting", ["detect-overfitting", "detect-underfitting"]),
        ("L1 and L2", ["l1-versus-l2", "why-l1-is-sparse"]),
        ("feature and model selection", ["feature-selection-methods", "model-selection-process"]),
        ("back-propagation", ["backprop-explained", "backprop-two-layers", "code-two-layer-backprop"]),
        ("optimisers and schedules", ["sgd-basics", "adam-explained", "adamw", "learning-rate-schedule"]),
        ("vanishing and exploding gradients", ["vanishing-gradients", "exploding-gradients"]),
        ("AUC", ["roc-auc-meaning", "auc-by-hand", "code-auc"]),
        ("nDCG", ["ndcg-defined", "ndcg-by-hand", "code-ndcg"]),
        ("F1", ["precision-recall-f1", "macro-micro", "code-precision-recall-f1"]),
        ("KNN", ["knn-basics", "code-knn"]),
        ("k-means", ["kmeans-steps", "kmeans-start", "code-kmeans"]),
        ("linear regression", ["linear-regression-assumptions", "code-linear-regression"]),
        ("logistic regression", ["logistic-from-odds", "logistic-gradient", "code-logistic-regression"]),
        ("perceptron", ["perceptron", "code-perceptron"]),
        ("attention", ["scaled-dot-product", "code-attention-numpy", "code-multi-head-attention"]),
        ("positional encoding", ["code-positional-encoding", "code-positional-encoding-torch"]),
        ("recommendation design", ["design-video-recommendation", "design-restaurant-recommendation"]),
        ("ranking design", ["design-news-feed", "pointwise-pairwise-listwise"]),
        ("ads", ["design-ads-ctr", "ctr-calibration", "ad-auction"]),
        ("search", ["design-product-search", "query-understanding"]),
        ("computer vision", ["convolution-basics", "iou-nms", "vit-or-cnn"]),
        ("NLP", ["tokenisation-bpe", "word2vec", "bert-pretraining"]),
        ("data leakage", ["data-leakage", "project-leakage-check"]),
        ("drift and monitoring", ["drift-monitoring", "training-serving-skew"]),
        ("fine-tuning and retrieval", ["lora", "rag-pipeline", "llm-evaluation"]),
    ],
)  # fmt: skip
def test_what_the_sources_name_is_there(named, keys):
    assert set(keys) <= set(QUESTIONS), named


def test_items_and_criteria_exist():
    assert list(lost_places(BANK, STREAMS)) == []


def test_sources_are_those_of_the_library():
    path = settings.BASE_DIR / "mentorship" / "study" / "library" / "data" / "sources.yaml"
    known = {row["key"] for row in yaml.safe_load(path.read_text())["sources"]}
    assert set(SOURCES) - {"ours"} <= known


def test_every_criterion_of_a_project_leads_to_questions():
    """Whoever was weak there in a review finds something to practise; by key, as projects take criteria over."""
    asked = {key.rpartition("/")[2] for question in QUESTIONS.values() for key in question.criteria}
    criteria = {row.key for stream in STREAMS for project in stream.projects() for row in project.criteria}
    assert criteria <= asked


def test_each_role_has_a_plan_and_questions_for_its_rounds():
    roles = {"machine-learning-engineer", "applied-scientist", "research-scientist", "data-scientist"}
    assert roles <= {role.key for role in BANK.roles}
    for role in BANK.roles:
        asked = Counter(row.round for row in QUESTIONS.values() if not row.roles or role.key in row.roles)
        assert all(asked[weight.round] for weight in role.rounds), role.key


def test_code_is_in_code_blocks_and_asked_for_in_coding():
    for question in QUESTIONS.values():
        if question.answer:
            assert question.round == "coding", question.key
            assert re.fullmatch(r"```(python|sql)\n.+\n```", question.answer, re.S), question.key


def test_formulas_can_be_read():
    texts = [text for question in QUESTIONS.values() for text in (question.question, *question.covers)]
    assert [text for text in texts if text.count("$") % 2] == []
    formulas = {formula for text in texts for formula in FORMULA.findall(text)}
    assert [formula for formula in formulas if 'class="tex"' in tex_to_html(formula, display=False)] == []
