"""Small notebooks of ours."""

import base64
import io
import json

from PIL import Image


def png(colour="red"):
    out = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(out, "PNG")
    return out.getvalue()


def prose(source, ident="", **said):
    return {"cell_type": "markdown", "source": source, "metadata": {}} | ({"id": ident} if ident else {}) | said


def code(source, *outputs, ident=""):
    cell = {"cell_type": "code", "source": source, "metadata": {}, "execution_count": 1, "outputs": list(outputs)}
    return cell | ({"id": ident} if ident else {})


def shows(**data):
    """`shows(image_png=..., text_html=...)`"""
    return {
        "output_type": "display_data",
        "metadata": {},
        "data": {name.replace("_", "/", 1): value for name, value in data.items()},
    }


def prints(text, name="stdout"):
    return {"output_type": "stream", "name": name, "text": text}


def plot(colour="red"):
    return shows(image_png=base64.b64encode(png(colour)).decode(), text_plain="<Figure size 1x1>")


def notebook(*cells, language="python"):
    document = {"nbformat": 4, "nbformat_minor": 5, "cells": list(cells)}
    return json.dumps(document | {"metadata": {"language_info": {"name": language}}}).encode()
