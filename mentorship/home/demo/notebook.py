"""A small notebook with a bit of everything that a notebook can show, and what its second round makes of it."""

import base64
import io
import json
from typing import Any

from PIL import Image, ImageDraw

SPLIT = b'''"""Hold part of the rides back, by chance or by time."""

import numpy as np


def split(rides, by, share=0.125, seed=7):
    """The rows to learn from and the rows to test on."""
    if by == "time":
        last_week = rides["day"] > 21
        return rides[~last_week], rides[last_week]
    test = np.random.default_rng(seed).random(len(rides)) < share
    return rides[~test], rides[test]
'''


def picture(*, test: bool = False) -> str:
    """A line that falls and levels off, as base64 of a PNG; with a second line above it for the test error."""
    image = Image.new("RGB", (420, 240), "white")
    draw = ImageDraw.Draw(image)
    draw.line([(20, 20), (20, 215), (405, 215)], fill="#444444", width=2)
    for low, colour in [(210, "#1f6f8b"), (185, "#a3501f")][: 1 + test]:
        points = [(20 + 12 * step, low - (low - 40) * (1 - 0.86**step)) for step in range(33)]
        draw.line(points, fill=colour, width=3)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


def make_notebook(second: bool = False) -> bytes:
    """Bike rentals by hour: the first round evaluates at random, the second by time."""
    cells = [_title(), _load(), _splitting(second), _split(second)]
    if second:
        cells.append(text("month", "The error of each month, so that one sees whether the winter is harder."))
        cells.append(code("by-month", 3, "errors.groupby('month').mean().round(3)", result("1    0.398\n2    0.426")))
    cells += [_scores(second), _curve(second), _grown(second)]
    metadata = {"language_info": {"name": "python"}}
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}).encode()


def text(ident: str, source: str) -> dict[str, Any]:
    return {"id": ident, "cell_type": "markdown", "metadata": {}, "source": source}


def code(ident: str, count: int, source: str, *outputs: dict[str, Any]) -> dict[str, Any]:
    cell = {"id": ident, "cell_type": "code", "metadata": {}, "source": source}
    return cell | {"execution_count": count, "outputs": list(outputs)}


def result(plain: str, **others: str) -> dict[str, Any]:
    data = {"text/plain": plain} | {kind.replace("_", "/"): said for kind, said in others.items()}
    return {"output_type": "execute_result", "execution_count": None, "metadata": {}, "data": data}


def _title() -> dict[str, Any]:
    return text(
        "title",
        "# Bike rentals by the hour\n\nA baseline, a linear model, a forest. The error is\n\n"
        "$$\\mathrm{RMSLE} = \\sqrt{\\frac{1}{n}\\sum_i (\\log(\\hat y_i + 1) - \\log(y_i + 1))^2}$$",
    )


def _load() -> dict[str, Any]:
    source = (
        "import numpy as np\nimport pandas as pd\n\n"
        "rng = np.random.default_rng(7)\nrides = pd.read_csv('rides.csv')\nrides.head(3)"
    )
    table = (
        "<table><thead><tr><th>hour</th><th>temp</th><th>rides</th></tr></thead><tbody>"
        "<tr><td>7</td><td>9.8</td><td>141</td></tr><tr><td>8</td><td>10.1</td><td>312</td></tr>"
        "<tr><td>9</td><td>11.0</td><td>189</td></tr></tbody></table>"
    )
    return code("load", 1, source, result("   hour  temp  rides\n0     7   9.8    141", text_html=table))


def _splitting(second: bool) -> dict[str, Any]:
    how = "By day: the last week of each month is held back." if second else "By chance."
    return text("splitting", f"## Splitting\n\n{how}")


def _split(second: bool) -> dict[str, Any]:
    by = "time" if second else "random"
    return code("split", 2, f"train, test = split(rides, by='{by}')\nlen(train), len(test)", result("(9525, 1361)"))


def _scores(second: bool) -> dict[str, Any]:
    source = "for name, model in models.items():\n    print(f'{name:<10} {rmsle(model, test):.3f}')"
    forest = "0.412" if second else "0.334"
    said = f"mean       1.583\nlinear     0.998\nforest     {forest}\n"
    return code("scores", 4, source, {"output_type": "stream", "name": "stdout", "text": said})


def _curve(second: bool) -> dict[str, Any]:
    source = "plot_learning_curve(forest" + (", test=test)" if second else ")")
    data = {"image/png": picture(test=second), "text/plain": "<Figure>"}
    shown = {"output_type": "display_data", "metadata": {}, "data": data}
    return code("curve", 5 if second else 3, source, shown)  # at first run before what stands above it


def _grown(second: bool) -> dict[str, Any]:
    """A long output: the error as the forest grows."""
    source = "for trees in range(5, 305, 5):\n    print(f'{trees:>4} trees {rmsle(grow(trees), test):.4f}')"
    end = 0.412 if second else 0.334
    said = "".join(f"{trees:>4} trees {end + 0.9 / trees:.4f}\n" for trees in range(5, 305, 5))
    return code("grown", 6, source, {"output_type": "stream", "name": "stdout", "text": said})
