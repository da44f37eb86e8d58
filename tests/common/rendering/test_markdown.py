"""What Markdown becomes."""

import re

import pytest

from mentorship.common.rendering.errors import RenderError
from mentorship.common.rendering.markdown import LARGEST_TEXT, excerpt, render_markdown


def test_headings_start_where_the_page_wants_them():
    assert render_markdown("# a\n\n## b") == "<h2>a</h2>\n<h3>b</h3>\n"
    assert render_markdown("# a\n\n## b", heading_level=4) == "<h4>a</h4>\n<h5>b</h5>\n"


def test_the_outline_has_no_gaps_and_ends_at_six():
    assert render_markdown("### a\n\n###### b\n\n# c") == "<h2>a</h2>\n<h3>b</h3>\n<h2>c</h2>\n"
    assert "<h6>c</h6>" in render_markdown("# a\n\n## b\n\n### c", heading_level=5)


def test_headings_in_html_follow_the_outline_too():
    assert render_markdown("<h1 id=x>a</h1>\n\n## b") == "<h2>a</h2>\n<h3>b</h3>\n"


def test_tables_scroll_within_themselves_and_align():
    html = render_markdown("| a | b |\n|---|--:|\n| 1 | 2 |")
    figure = re.match("<figure([^>]*)><table>", html)[1]
    assert sorted(figure.split()) == ['class="scroll"', 'tabindex="0"']
    assert '<td class="align-right">2</td>' in html


def test_a_heading_without_words_is_a_plain_cell():
    assert render_markdown("| | b |\n|---|---|\n| 1 | 2 |").count("<th>") == 1
    assert "<th" not in render_markdown('<table><tr><th class="x"></th></tr></table>')


def test_task_lists_show_their_state_in_text():
    html = render_markdown("- [x] done\n- [ ] open\n- other")
    assert '<li class="task"><span class="task-box">☑</span> done</li>' in html
    assert '<li class="task"><span class="task-box">☐</span> open</li>' in html
    assert "<li>other</li>" in html


def test_code_is_highlighted_with_classes_only():
    html = render_markdown("```py\ndef f(): pass\n```")
    assert '<pre class="code"><code><span class="k">def</span>' in html
    assert "style" not in html


def test_an_unknown_language_is_shown_plain():
    assert render_markdown("```brainfuck\n<+>\n```") == ('<pre class="code"><code>&lt;+&gt;\n</code></pre>\n')


def test_footnotes_lead_there_and_back():
    html = render_markdown("a[^x] b[^x]\n\n[^x]: note")
    anchor = html.split('id="ref-')[1].split("-1")[0]
    assert f'<a id="ref-{anchor}-1" href="#note-{anchor}-1">[1]</a>' in html
    assert f'<span class="anchor" id="note-{anchor}-1"></span>' in html
    assert f'href="#ref-{anchor}-1-1"' in html


def test_footnotes_of_two_texts_do_not_meet():
    one, two = render_markdown("a[^1]\n\n[^1]: x"), render_markdown("b[^1]\n\n[^1]: y")
    assert one.split('id="ref-')[1][:8] != two.split('id="ref-')[1][:8]


def test_an_image_becomes_a_link_that_says_so():
    html = render_markdown("![the plot](https://a.test/p.png)")
    assert '<a class="image-link" href="https://a.test/p.png"' in html
    assert ">Image: the plot</a>" in html
    assert "<img" not in html


def test_an_image_in_a_link_is_its_words():
    html = render_markdown("[![the plot](https://a.test/p.png)](https://a.test/)")
    assert html.count("<a ") == 1
    assert ">Image: the plot</a>" in html


def test_a_link_without_words_shows_its_address():
    assert ">https://a.test/</a>" in render_markdown("[](https://a.test/)")


@pytest.mark.parametrize("text", ["costs $5 and $6", "a $ b $ c", "\\$x\\$"])
def test_money_is_not_mathematics(text):
    assert "<math" not in render_markdown(text)


def test_over_200_kb_is_refused():
    with pytest.raises(RenderError, match="longer than 200 KB"):
        render_markdown("é" * (LARGEST_TEXT // 2 + 1))


def test_a_long_text_is_rendered_in_a_process_apart():
    text = "some *words* here\n\n" * 2000
    assert render_markdown(text).count("<em>words</em>") == 2000


def test_an_excerpt_is_plain_words():
    text = (
        "# Title\n\nSome *words* with `code` and [links](https://a.test) ![alt](x) <b>bold</b> & more.[^1]\n\n[^1]: n"
    )
    assert excerpt(text, 40) == "Title Some words with code and links alt bold & more. n"
    assert excerpt(text, 3) == "Title Some words…"
    assert excerpt("") == ""


def test_an_excerpt_of_html_is_still_plain_text_to_escape():
    assert excerpt("a \\<script> b") == "a <script> b"
