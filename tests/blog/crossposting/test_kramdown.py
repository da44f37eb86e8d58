"""The post's Markdown as kramdown has to have it. Each line was also read by kramdown 2.4 and Liquid 5.4 by hand."""

import re

import pytest

from blog.crossposting.kramdown import to_kramdown
from tests.blog.crossposting.reader import blocks, liquid

FIGURE = "/blog/figures/1.webp"


def written(text):
    return to_kramdown(text, {FIGURE: "/images/why/1.webp"}, "https://m.example").rstrip("\n")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Let $x_i$ be.", "Let $$x_i$$ be."),
        ("With $p(x|z)$ and $\\|x\\|$", "With $$p(x\\vert z)$$ and $$\\Vert x\\Vert$$"),
        ("$x$", "\\$$x$$"),  # alone it would be a formula on a line of its own
        ("$$\na|b\n\nc\n$$", "$$\na|b\nc\n$$"),
        ("\\begin{align}\na\n\\end{align}", "$$\n\\begin{align}\na\n\\end{align}\n$$"),
        ("a | b", "a \\| b"),  # any line with a pipe is a table
        ("*a*{: .cls}", "*a*\\{: .cls\\}"),
        ("# C# {#id}", "# C\\# \\{\\#id\\}"),
        ("~~gone~~", "<del>gone</del>"),
        ("- [x] done\n- [ ] open", "- ☑ done\n- ☐ open"),
        ("use --flag", "use \\-\\-flag"),
        ("a\n: b", "a\n\\: b"),
        ("> a\n\n<!-- -->\n\n> b", "> a\n\n^\n\n> b"),
        ("- a\n\n* b", "- a\n\n^\n\n- b"),
        ("3. a\n4. b", '3. a\n4. b\n{: start="3"}'),
        ("a[^n]\n\n[^n]: One\n\n    two", "a[^1]\n\n[^1]: One\n\n    two"),
        ("| a |\n|--:|\n| `x\\|y` |", "| a |\n| --: |\n| <code>x&#124;y</code> |"),
        ("a  \nb", "a<br />\nb"),
        ("```py\nx = 1\n```", "```py\nx = 1\n```"),
        ("snake_case and _em_", "snake_case and *em*"),
        (f'![A "b"]({FIGURE} "t")', '![A "b"](/images/why/1.webp "t")'),
        ("![theirs](/images/nnet/a.jpg)", "![theirs](/images/nnet/a.jpg)"),
        ("[ours](/blog/other/)", "[ours](https://m.example/blog/other/)"),
    ],
)
def test_what_kramdown_reads_otherwise(ours, theirs):
    assert written(ours) == theirs


@pytest.mark.parametrize(
    "text",
    [
        "{{ site.secret }}",
        "a {% include x %} b",
        "`{{ x }}`",
        "```jinja\n{% endraw %}{{ x }}{%- endraw -%}\n```",
        "$\\frac{{a}}{b}$",
        "$$\n{{a}}\n$$",
        '[{{ x }}](https://a.b/{{x}} "{{ y }}")',
        "<kbd title='{{ x }}'>{{ x }}</kbd>",
        "<div>\n{% x %}\n</div>",
        "![{{ x }}](https://a.b/c.png)",
        "# {{ x }}",
        "| {{ a }} |\n|---|\n| `{{ b }}` |",
        "{`{% raw %}`",
        "\\{{ x }}",
        "&#123;&#123; x }}",
        "{*{ x }}*",
        "<{{ x }}>",
        "a[^1]\n\n[^1]: {{ x }} `{% y %}`",
    ],
)
def test_liquid_runs_nowhere(text):
    liquid(written(text))


def test_code_and_formulas_keep_every_sign():
    code = "{% raw %}{{ x }}{% endraw %} | ~~ -- $$"
    read = blocks(liquid(written(f"```\n{code}\n```\n\n$$\n\\frac{{{{a}}}}{{b}}\n$$")))
    assert read == [("code", code), ("math", "\\frac{{a}}{b}")]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <script>alert(1)</script> b",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '<div onclick="x" style="y">a</div>',
        "<iframe src='https://x.y'></iframe>",
        "<svg onload=alert(1)>",
        "$a</script><script>alert(1)//$",
        "<!-- <b --><style>x</style>",
        "[a](javascript:alert(1)) ![b](data:text/html,x)",
        "<a\nhref=javascript:x>y</a>",
        "&lt;script&gt;",
    ],
)
def test_no_tag_runs_anything(text):
    found = written(text).lower()
    for sign in (
        "<script",
        "</script",
        "onerror=",
        'href="java',
        "](java",
        "onclick",
        "style=",
        "<iframe",
        "<svg",
        "<style",
    ):
        assert sign not in re.sub(r"\\.", "", found)


def test_what_a_block_of_html_holds_is_read_as_markdown_where_it_was():
    assert written("<details><summary>More</summary>\n\n*a*\n\n</details>") == (
        '<details markdown="1"><summary>More</summary>\n\n*a*\n\n</details>'
    )


def test_a_long_text_is_written_in_a_process_that_can_be_killed():
    assert written("word " * 4_000).startswith("word word")
