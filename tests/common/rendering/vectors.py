"""Texts that try to get something active into a page.

`pwned` is what they would call, `evil.test` what they would load. The short ones are lines of vectors.txt.
"""

from pathlib import Path

VECTORS = (Path(__file__).parent / "vectors.txt").read_text().splitlines()

LONGER = [
    '```"><img src=x onerror=pwned()>\ncode\n```',
    "```python onclick=pwned()\n<script>pwned()</script>\n```",
    "```html\n<script>pwned()</script>\n```",
    "~~~ <script>pwned()</script>\nx\n~~~",
    "[^x]: <img src=x onerror=pwned()>\n\n[^x]",
    '[^"onclick=pwned()]: note\n\nsee [^"onclick=pwned()]',
    "[a]\n\n[a]: javascript:pwned()",
    '[a]\n\n[a]: https://a.test "x\\" onclick=\\"pwned()"',
    '<div title="\n\n$\\text{ onmouseover=pwned() x=}$\n\n">x</div>',
    '<a href="https://a.test/\n\n![x](https://a.test/" onmouseover="pwned())\n\n">x</a>',
    '<div title="\n\n[^1]\n\n">x</div>\n\n[^1]: note',
    "<table>\n<tr><td>\n\n| a |\n|---|\n| b |\n\n</td></tr></table></div></div>",
    "<details>\n\n</div></div>\n\n# x\n\n</details>",
    "<style>\n\n# x\n\n<img src=x onerror=pwned()>\n\n</style>",
    "<textarea>\n\n<script>pwned()</script>\n\n</textarea>",
    "- [x] <script>pwned()</script>\n- [ ] <input type=image src=x onerror=pwned()>",
    "|a|\n|-|\n|<td onclick=pwned()>|",
    "# <img src=x onerror=pwned()>\n\n<h1 onclick=pwned() id=x>x</h1>",
    "\\begin{align}\n\\text{<img src=x onerror=pwned()>}\n\\end{align}",
    "<math>\n\n$x$\n\n</math>",
    "<svg>\n\n$\\text{<style><img src=x onerror=pwned()>}$\n\n</svg>",
    "<p>\ud800</p>\x00<img src=x onerror=pwned()>",
    "<img alt='\n' src='https://a.test/\"onerror=pwned()'>",
]

ALL = VECTORS + LONGER
