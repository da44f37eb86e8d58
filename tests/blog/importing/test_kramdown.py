"""What kramdown and Liquid write, as Markdown of ours."""

import pytest

from blog.importing.kramdown import from_kramdown
from blog.importing.liquid import without_liquid


@pytest.mark.parametrize(
    ("kramdown", "ours"),
    [
        ("Let $$ x_i $$ be.", "Let $x_i$ be."),
        ("$$p(z|x)$$ and then $$q$$", "$p(z|x)$ and then $q$"),
        ("Of 3$$x$$4.", "Of 3 $x$ 4."),
        ("A line.\n\n$$a = b$$\n\nMore.", "A line.\n\n$$\na = b\n$$\n\nMore."),
        ("$$\na\n\\\\ b\n$$", "$$\na\n\\\\ b\n$$"),
        ("Text:\n$$\na\n$$\nmore", "Text:\n\n$$\na\n$$\n\nmore"),
        (r"So \\( x \\) and", "So $x$ and"),
        ("It costs $5 and $10.", "It costs \\$5 and \\$10."),
        ("With $x_i$ as MathJax.", "With $x_i$ as MathJax."),
        ("`$$x$$` is code", "`$$x$$` is code"),
        ("```\n$$x$$ {: .a}\n<!-- kept -->\n```", "```\n$$x$$ {: .a}\n<!-- kept -->\n```"),
        ("    <img src=a>$$x$$", "    <img src=a>$$x$$"),
        ("A\n\n<!--\n```\nhidden\n``` -->\n\nB", "A\n\n\nB"),
        ('![a](b.png){: .center width="50%"}', "![a](b.png)"),
        ("# Head {#top}\n{: .red}\n\nText", "# Head\n\nText"),
        ("* TOC\n{:toc}\n\nText", "Text"),
        ("    x = 1\n{: .language-python}\n", "```python\nx = 1\n```"),
        ('<img src="/a b.png" alt="One [1]" width=3>', "![One \\[1\\]](/a%20b.png)"),
        ('<img src="a.png" alt="A"> | <img src="b.png" alt="B">', "![A](a.png)\n\n![B](b.png)"),
        ("<center>\n*Caption*\n</center>", "*Caption*"),
        ('<center><img src="a.png" alt="A"></center>', "![A](a.png)"),
        ('<figure>\n<img src="a.png" alt="A">\n<figcaption>Cap</figcaption>\n</figure>', "![A](a.png)\n\n*Cap*"),
        ("| a | b |\n| c | d |", "|  |  |\n|---|---|\n| a | b |\n| c | d |"),
        ('<div align="center" markdown="1">\n**bold**\n</div>', "**bold**"),
        ("Term\n: What it is", "**Term:** What it is"),
        ("<script>alert(1)</script>Text", "Text"),
    ],
)
def test_kramdown(kramdown, ours):
    assert from_kramdown(kramdown).strip("\n") == ours


@pytest.mark.parametrize(
    ("liquid", "ours"),
    [
        ("{% highlight python linenos %}\nx = 1\n{% endhighlight %}", "```python\nx = 1\n```"),
        ("{% raw %}{{ x }} {% y %}{% endraw %}", "{{ x }} {% y %}"),
        ("{% highlight html %}{% raw %}{{ x }}{% endraw %}{% endhighlight %}", "```html\n{{ x }}\n```"),
        ("{% highlight md %}\n```\n{% endhighlight %}", "````md\n```\n````"),
        ("![a]({{ site.baseurl }}/images/a.png)", "![a](/images/a.png)"),
        ('![a]({{ "/images/a.png" | relative_url }})', "![a](/images/a.png)"),
        ('{% include figure.html src="/a.png" caption="A" %}', "![A](/a.png)"),
        ("[b]({% post_url 2016-01-02-why %})", "[b](/why/)"),
        ("{% comment %}no{% endcomment %}yes", "yes"),
        ("{% gist jo/1a %}", "<https://gist.github.com/jo/1a>"),
    ],
)
def test_liquid(liquid, ours):
    assert without_liquid(liquid) == (ours, [])


def test_unknown_liquid_stays_and_is_named():
    assert without_liquid("{% youtube abc %} {{ page.x }}") == (
        "{% youtube abc %} {{ page.x }}",
        ["{{ page.x }}", "{% youtube abc %}"],
    )
