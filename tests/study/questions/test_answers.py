"""The answers of the bank in Python and NumPy run, and compute what they say."""

import random
import re
from itertools import pairwise, product

import numpy as np
import pytest

from mentorship.study.questions.reading import read_bank

ANSWERS = {question.key: question.answer for question in read_bank().questions() if question.answer}
CODE = re.compile(r"```python\n(.*?)```", re.S)


def code_of(key: str) -> dict:
    names: dict = {"__name__": key}
    for block in CODE.findall(ANSWERS[key]):
        exec(compile(block, key, "exec"), names)  # noqa: S102  # ours, from the repository
    return names


@pytest.fixture
def rng():
    return np.random.default_rng(7)


def slope(function, at, step=1e-6):
    """The gradient of a function of an array, by finite differences."""
    gradient = np.zeros_like(at)
    for i in np.ndindex(at.shape):
        there = at.copy()
        there[i] += step
        back = at.copy()
        back[i] -= step
        gradient[i] = (function(there) - function(back)) / (2 * step)
    return gradient


def test_neighbours(rng):
    X, queries, y = rng.normal(size=(40, 3)), rng.normal(size=(9, 3)), rng.integers(3, size=40)
    found = code_of("code-knn")["knn_predict"](X, y, queries, 5)
    near = ((queries[:, None] - X) ** 2).sum(2).argsort(1)[:, :5]
    assert found.tolist() == [np.bincount(y[row]).argmax() for row in near]


def test_kmeans(rng):
    names = code_of("code-kmeans")
    X = np.vstack([rng.normal(size=(30, 2)), rng.normal(size=(30, 2)) + 20, rng.normal(size=(30, 2)) - 20])
    centres, labels = names["kmeans"](X, 3)
    assert all(len(set(labels[i : i + 30])) == 1 for i in (0, 30, 60))
    assert len(set(labels)) == 3
    assert np.allclose(centres[labels[0]], X[:30].mean(0))
    rounds = [names["kmeans"](X, 4, rounds=n)[0] for n in range(8)]
    costs = [names["squared_distances"](X, centres).min(1).sum() for centres in rounds]
    assert all(after <= before + 1e-9 for before, after in pairwise(costs))
    names["kmeans"](np.ones((5, 2)), 3)  # all points equal: nothing to divide by


def test_linear_regression(rng):
    names = code_of("code-linear-regression")
    X = rng.normal(size=(50, 4))
    y = X @ [1, -2, 0.5, 0] + 3 + rng.normal(size=50)
    closed, descent = names["ridge_closed"](X, y, 2.0), names["ridge_descent"](X, y, 2.0)
    assert np.allclose(closed[0], descent[0])
    assert np.isclose(closed[1], descent[1])
    plain, *_ = np.linalg.lstsq(np.column_stack([X, np.ones(50)]), y)
    assert np.allclose(names["ridge_closed"](X, y, 0.0)[0], plain[:4])


def test_logistic_regression(rng):
    names = code_of("code-logistic-regression")
    X = rng.normal(size=(200, 2))
    y = (rng.random(200) < names["sigmoid"](X @ [1.0, -1.0] + 0.5)).astype(float)
    w = names["fit_logistic"](X, y)
    with_one = np.column_stack([np.ones(200), X])
    assert np.abs(slope(lambda at: names["log_loss"](with_one, y, at), w)).max() < 1e-6
    assert np.isfinite(names["log_loss"](with_one * 1e4, y, w))


def test_perceptron(rng):
    perceptron = code_of("code-perceptron")["perceptron"]
    X = rng.normal(size=(60, 2))
    X = X[np.abs(X @ [1, 2] - 0.3) > 0.2]
    y = np.where(X @ [1, 2] > 0.3, 1, -1)
    w, b = perceptron(X, y, passes=1000)
    assert (y * (X @ w + b) > 0).all()
    w, b = perceptron(np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([-1, 1, 1, -1]))
    assert (np.array([-1, 1, 1, -1]) * (np.array([[0, 0], [0, 1], [1, 0], [1, 1]]) @ w + b) <= 0).any()


def test_cross_entropy(rng):
    cross_entropy = code_of("code-softmax-cross-entropy")["cross_entropy"]
    scores, labels = rng.normal(size=(6, 4)), rng.integers(4, size=6)
    assert np.allclose(cross_entropy(scores, labels)[1], slope(lambda at: cross_entropy(at, labels)[0], scores))
    assert np.isfinite(cross_entropy(np.array([[1000.0, 0.0]]), np.array([1]))[0])


def test_auc(rng):
    auc = code_of("code-auc")["auc"]
    labels, scores = rng.integers(2, size=80), rng.integers(9, size=80)
    gaps = scores[labels == 1][:, None] - scores[labels == 0]
    assert np.isclose(auc(labels, scores), ((gaps > 0) + 0.5 * (gaps == 0)).mean())
    assert auc([1, 0, 1, 0, 1], [0.9, 0.8, 0.7, 0.3, 0.2]) == 0.5


def test_ndcg():
    ndcg = code_of("code-ndcg")["ndcg_at_k"]
    assert ndcg([3, 2, 0, 1], [9, 8, 1, 7], 4) == 1
    ideal = 7 / np.log2(2) + 3 / np.log2(3)
    assert np.isclose(ndcg([0, 3, 2], [3, 2, 1], 2), 7 / np.log2(3) / ideal)
    assert np.isnan(ndcg([0, 0], [1, 2], 2))


def test_macro_f1():
    names = code_of("code-precision-recall-f1")
    true, predicted = np.array([0, 0, 1, 1, 2]), np.array([0, 1, 1, 1, 0])
    assert names["confusion"](true, predicted, 3).tolist() == [[1, 1, 0], [0, 2, 0], [1, 0, 0]]
    assert np.isclose(names["macro_f1"](true, predicted, 3), (2 / 4 + 4 / 5 + 0) / 3)
    assert names["macro_f1"](true, predicted, 4) < names["macro_f1"](true, predicted, 3)


def test_pca(rng):
    X = rng.normal(size=(50, 3)) * [3, 1, 0.1]
    codes, axes, share = code_of("code-pca")["pca"](X, 2)
    values, vectors = np.linalg.eigh(np.cov(X.T))
    assert np.allclose(share, values[::-1][:2] / values.sum())
    assert np.allclose(np.abs(axes @ vectors[:, ::-1][:, :2]), np.eye(2), atol=1e-8)
    assert np.allclose(codes.var(0, ddof=1), values[::-1][:2])


def test_positional_encoding():
    encoding = code_of("code-positional-encoding")["positional_encoding"]
    assert np.allclose(encoding(20, 8)[0], [0, 1] * 4)
    assert np.allclose((encoding(20, 8) ** 2).sum(1), 4)
    assert np.isclose(encoding(20, 8)[7, 3], np.cos(7 / 10000 ** (2 / 8)))
    assert encoding(5, 7).shape == (5, 7)


def test_attention(rng):
    attention = code_of("code-attention-numpy")["causal_attention"]
    q, k, v = (rng.normal(size=(2, 5, 4)) for _ in range(3))
    before = attention(q, k, v)
    assert np.allclose(before[:, 0], v[:, 0])
    k[:, 4], v[:, 4] = 9, 9
    assert np.allclose(attention(q, k, v)[:, :4], before[:, :4])
    assert not np.allclose(attention(q, k, v)[:, 4], before[:, 4])


def test_network_by_hand():
    assert np.abs(code_of("code-two-layer-backprop")["train_xor"]().ravel() - [0, 1, 1, 0]).max() < 0.1


def test_convolution(rng):
    conv2d = code_of("code-conv2d")["conv2d"]
    image, filters = rng.normal(size=(3, 7, 6)), rng.normal(size=(2, 3, 3, 3))
    padded = np.pad(image, ((0, 0), (1, 1), (1, 1)))
    loops = np.array(
        [
            [[(padded[:, i : i + 3, j : j + 3] * f).sum() for j in range(0, 6, 2)] for i in range(0, 7, 2)]
            for f in filters
        ]
    )
    assert np.allclose(conv2d(image, filters, stride=2, padding=1), loops)


def test_boxes():
    names = code_of("code-iou-nms")
    boxes = np.array([[0, 0, 2, 2], [0, 0, 2, 1], [5, 5, 6, 6], [2, 0, 3, 3], [1, 1, 1, 1]])
    assert np.allclose(names["iou"](boxes[0], boxes), [1, 0.5, 0, 0, 0])
    assert names["nms"](boxes[:4], np.array([0.5, 0.9, 0.1, 0.3]), limit=0.4) == [1, 3, 2]
    assert names["nms"](boxes[:0], np.array([])) == []


def test_adam():
    step = code_of("code-adam")["adamw_step"]
    w, state = step(np.array([1.0, 1.0]), np.array([5.0, -0.01]), (0, 0.0, 0.0), decay=0.0)
    assert np.allclose(1 - w, [1e-3, -1e-3], rtol=1e-4)
    w, state = step(w, np.array([5.0, -0.01]), state)
    assert state[0] == 2


def test_naive_bayes(rng):
    X = np.vstack([rng.normal(size=(50, 2)), rng.normal(size=(50, 2)) + 5])
    y = np.repeat([3, 8], 50)
    model = code_of("code-gaussian-naive-bayes")["GaussianNaiveBayes"]().fit(X, y)
    assert (model.predict(X) == y).mean() > 0.97


def test_best_split(rng):
    best_split = code_of("code-decision-stump")["best_split"]
    assert best_split(np.array([3, 1, 2, 4]), np.array([1, 0, 0, 1])) == (2.5, 0)
    assert best_split(np.ones(4), np.array([0, 1, 0, 1])) is None

    def gini(part):
        return 1 - sum((part == c).mean() ** 2 for c in np.unique(part))

    x, y = rng.integers(8, size=30), rng.integers(3, size=30)
    costs = [
        ((x <= cut).sum() * gini(y[x <= cut]) + (x > cut).sum() * gini(y[x > cut])) / 30 for cut in np.unique(x)[:-1]
    ]
    assert np.isclose(best_split(x, y)[1], min(costs))


def test_paired_bootstrap(rng):
    a = rng.random(400) < 0.8
    gap, low, high = code_of("code-bootstrap-interval")["paired_bootstrap"](a, a | (rng.random(400) < 0.3))
    assert 0 < low < gap < high
    assert code_of("code-bootstrap-interval")["paired_bootstrap"](a, a)[1:] == (0, 0)


def test_alternating_least_squares(rng):
    full = rng.normal(size=(12, 2)) @ rng.normal(size=(2, 9))
    seen = np.where(rng.random(full.shape) < 0.85, full, np.nan)
    P, Q = code_of("code-matrix-factorisation")["als"](seen, penalty=1e-3, rounds=200)
    assert np.abs(P @ Q.T - full)[~np.isnan(seen)].max() < 0.1


def test_running_stats(rng):
    stats = code_of("code-welford")["RunningStats"]()
    values = 1e9 + rng.normal(size=500)
    for value in values:
        stats.add(value)
    assert np.isclose(stats.variance, values.var(ddof=1), rtol=1e-6)
    assert np.isclose(stats.mean, values.mean())


def test_plain_python():
    values = [random.randrange(50) for _ in range(100)]
    assert code_of("two-sum")["two_sum"]([3, 3, 1], 6) == (0, 1)
    assert code_of("top-k-stream")["largest"](values, 7) == sorted(values, reverse=True)[:7]
    assert sorted(code_of("reservoir-sampling")["reservoir"](range(5), 9)) == [0, 1, 2, 3, 4]
    maxima = code_of("sliding-window-maximum")["window_maxima"](values, 5)
    assert maxima == [max(values[i : i + 5]) for i in range(96)]
    assert code_of("merge-intervals")["merge"]([(5, 6), (1, 4), (2, 3), (4, 5)]) == [[1, 6]]
    assert code_of("edit-distance")["edit_distance"]("kitten", "sitting") == 3
    assert code_of("count-islands")["count_regions"]([[1, 1, 0], [0, 0, 1], [1, 0, 1]]) == 3
    drawn = code_of("weighted-sampling")["Weighted"]([0, 1, 3, 0])
    assert {drawn.draw() for _ in range(200)} == {1, 2}
    assert code_of("bpe-from-scratch")["learn_merges"]({"low": 5, "newest": 6, "widest": 3}, 2)[0] == ("e", "s")


def test_order_of_steps():
    order_of = code_of("topological-order")["order_of"]
    order = order_of({"c": ["a", "b"], "b": ["a"], "d": ["c", "x"]})
    assert order.index("a") < order.index("b") < order.index("c") < order.index("d")
    with pytest.raises(ValueError, match="circle"):
        order_of({"a": ["b"], "b": ["a"]})


def test_least_recently_used():
    cache = code_of("lru-cache")["LRU"](2)
    cache.put(1, "a")
    cache.put(2, "b")
    cache.get(1)
    cache.put(3, "c")
    assert [cache.get(key) for key in (1, 2, 3)] == ["a", None, "c"]


def test_best_sequence(rng):
    emissions, transitions = rng.normal(size=(5, 3)), rng.normal(size=(3, 3))

    def score(path):
        return emissions[range(5), path].sum() + sum(transitions[pair] for pair in pairwise(path))

    best = max(product(range(3), repeat=5), key=lambda path: score(list(path)))
    assert code_of("viterbi")["viterbi"](emissions, transitions) == list(best)


def test_distances_without_loops(rng):
    X = rng.normal(size=(20, 3))
    assert np.allclose(code_of("vectorise-loop")["distances"](X), np.sqrt(((X[:, None] - X) ** 2).sum(2)))
