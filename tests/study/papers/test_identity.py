"""However a paper is named, it is one paper."""

import pytest

from mentorship.study.papers.identity import NotAPaper, identify


@pytest.mark.parametrize(
    ("said", "kind", "key", "version"),
    [
        ("1706.03762", "arxiv", "1706.03762", None),
        (" arXiv:1706.03762v5 [cs.CL] ", "arxiv", "1706.03762", 5),
        ("ARXIV: 0704.0001", "arxiv", "0704.0001", None),
        ("https://arxiv.org/abs/1706.03762v1", "arxiv", "1706.03762", 1),
        ("http://www.arxiv.org/pdf/1706.03762.pdf", "arxiv", "1706.03762", None),
        ("https://arxiv.org/pdf/1706.03762v2?download=1#page=3", "arxiv", "1706.03762", 2),
        ("https://arxiv.org/html/1706.03762v7/", "arxiv", "1706.03762", 7),
        ("arxiv.org/abs/1706.03762", "arxiv", "1706.03762", None),
        ("https://ar5iv.labs.arxiv.org/html/1706.03762", "arxiv", "1706.03762", None),
        ("https://huggingface.co/papers/1706.03762", "arxiv", "1706.03762", None),
        ("10.48550/arXiv.1706.03762", "arxiv", "1706.03762", None),
        ("https://doi.org/10.48550/ARXIV.1706.03762", "arxiv", "1706.03762", None),
        ("math.GT/0309136", "arxiv", "math/0309136", None),
        ("hep-th/9901001v3", "arxiv", "hep-th/9901001", 3),
        ("https://arxiv.org/abs/cs/0112017", "arxiv", "cs/0112017", None),
        ("10.1145/3292500.3330701", "doi", "10.1145/3292500.3330701", None),
        ("doi:10.1162/NECO.1997.9.8.1735.", "doi", "10.1162/neco.1997.9.8.1735", None),
        ("DOI 10.1038/nature14539", "doi", "10.1038/nature14539", None),
        ("https://doi.org/10.1038%2Fnature14539", "doi", "10.1038/nature14539", None),
        ("http://dx.doi.org/10.1016/0364-0213(90)90002-E", "doi", "10.1016/0364-0213(90)90002-e", None),
        ("(10.1038/nature14539)".strip("("), "doi", "10.1038/nature14539", None),
        ("https://dl.acm.org/doi/pdf/10.1145/3292500.3330701", "doi", "10.1145/3292500.3330701", None),
        ("https://link.springer.com/article/10.1007/BF00994018", "doi", "10.1007/bf00994018", None),
        ("https://www.Example.org/a.pdf?utm_source=x&id=2#top", "link", "example.org/a.pdf?id=2", None),
        ("http://example.org:80/a.pdf/?id=2", "link", "example.org/a.pdf?id=2", None),
    ],
)
def test_every_form_is_one_identity(said, kind, key, version):
    found = identify(said)
    assert (found.kind, found.key, found.version) == (kind, key, version)


@pytest.mark.parametrize(
    "said",
    [
        "", "Attention is all you need", "1713.03762", "1706.3762", "1404.12345", "1706.00000", "0703.0001",
        "cs/9913017",
        "10.1/x", "10.1145/", "javascript:alert(1)", "ftp://example.org/a.pdf", "https://", "https://[::1", "https://a",
        "https://user:secret@example.org/a", "https://example.org/<b>", "https://arxiv.org/abs/nonsense", "a\x00b",
        "https://doi.org/nature14539", "https://example.org/" + "x" * 500, "https://example.org:99999/a", "١٧٠٦.03762",
    ],
)  # fmt: skip
def test_what_is_none_is_refused_with_a_sentence(said):
    with pytest.raises(NotAPaper) as refusal:
        identify(said)
    assert str(refusal.value).endswith(".")
