"""`/api/docs/`: the description of the API as pages of ours, that need no script and load nothing from elsewhere.

`/api/schema/` is the same for programs. To make it and to write it takes seconds, and anyone may ask: a process does
each once.
"""

import functools
import json
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView
from rest_framework.renderers import BaseRenderer

METHODS = ("get", "post", "put", "patch", "delete")
Schema = dict[str, Any]


@functools.cache
def description() -> Schema:
    """The whole API, as OpenAPI has it."""
    return SchemaGenerator().get_schema(request=None, public=True)


class Generator(SchemaGenerator):
    """Gives what is there already, unless a version is asked for by name."""

    def get_schema(self, request: Any = None, public: bool = False) -> Schema:
        return super().get_schema(request, public) if self.api_version else description()


def once(renderer: type[BaseRenderer]) -> type[BaseRenderer]:
    """A renderer that does the description once, and anything else as `renderer` does."""

    @functools.cache
    def written() -> str | bytes:
        return renderer().render(description(), renderer.media_type, {})

    def render(self: BaseRenderer, data: Any, accepted: str | None = None, context: Any = None) -> str | bytes:
        usual = data is description() and accepted == renderer.media_type
        return written() if usual else renderer.render(self, data, accepted, context)

    return type(renderer.__name__, (renderer,), {"render": render})


class DescriptionView(SpectacularAPIView):
    generator_class = Generator
    renderer_classes = [once(renderer) for renderer in SpectacularAPIView.renderer_classes]


def name_of(reference: str) -> str:
    return reference.rpartition("/")[2]


def kind(schema: Schema) -> dict[str, str]:
    """What a value is, in words; `link` names the object that it is or holds, if it is one of ours."""
    if "$ref" in schema:
        return {"text": "", "link": name_of(schema["$ref"])}
    for several in ("allOf", "oneOf", "anyOf"):
        if several in schema:
            kinds = [kind(part) for part in schema[several] if part.get("enum") != [None]]
            return {"text": " or ".join(k["text"] for k in kinds if k["text"]), "link": kinds[0]["link"]}
    if schema.get("type") == "array":
        inner = kind(schema.get("items", {}))
        return {"text": f"list of {inner['text']}".strip(), "link": inner["link"]}
    if "enum" in schema:
        return {"text": "one of " + ", ".join(str(value) for value in schema["enum"] if value is not None), "link": ""}
    text = schema.get("format") or schema.get("type") or "anything"
    return {"text": f"{text} or null" if schema.get("nullable") else text, "link": ""}


def limits(schema: Schema) -> str:
    """'at most 60 characters', '1 to 365': what the value must keep to."""
    said = []
    if "maxLength" in schema:
        said.append(f"at most {schema['maxLength']} characters")
    if "minimum" in schema and "maximum" in schema and schema["maximum"] < 10**9:
        said.append(f"{schema['minimum']} to {schema['maximum']}")
    if "default" in schema:
        said.append(f"{json.dumps(schema['default'])} if left out")
    return ", ".join(said)


def fields(schema: Schema) -> list[dict[str, Any]]:
    required = set(schema.get("required", ()))
    return [
        {
            "name": name,
            "kind": kind(field),
            "required": name in required and not field.get("readOnly"),
            "read_only": field.get("readOnly", False),
            "note": field.get("description", ""),
            "limits": limits(field),
        }
        for name, field in schema.get("properties", {}).items()
    ]


def content_of(part: Schema) -> Schema | None:
    """The schema of a body or an answer, as JSON where there is a choice."""
    content = part.get("content", {})
    chosen = content.get("application/json") or next(iter(content.values()), None)
    return chosen and chosen.get("schema")


def example(method: str, path: str, body: Schema | None, open_to_all: bool) -> str:
    parts = ["curl"]
    if method != "get":
        parts.append(f"-X {method.upper()}")
    if not open_to_all:
        parts.append('-H "Authorization: Token $TOKEN"')
    if body is not None:
        parts.append("-H 'Content-Type: application/json' -d @body.json")
    return " ".join([*parts, f"{settings.BASE_URL}{path}"])


def operation(method: str, path: str, described: Schema) -> dict[str, Any]:
    body = content_of(described.get("requestBody", {}))
    open_to_all = {} in described.get("security", [])
    return {
        "anchor": described["operationId"],
        "method": method.upper(),
        "path": path,
        "text": described.get("description") or described.get("summary") or "",
        "open_to_all": open_to_all,
        "parameters": [
            {
                "name": parameter["name"],
                "where": parameter["in"],
                "kind": kind(parameter["schema"]),
                "note": parameter.get("description", ""),
                "required": parameter.get("required", False),
            }
            for parameter in described.get("parameters", ())
        ],
        "body": kind(body) if body else None,
        "answers": [
            {"status": status, "kind": kind(schema) if (schema := content_of(answer)) else None}
            for status, answer in described["responses"].items()
        ],
        "example": example(method, path, body, open_to_all),
    }


@functools.cache
def documentation() -> dict[str, Any]:
    """Groups of calls and the objects that they take and give; made once in a process."""
    schema = description()
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in schema["paths"].items():
        for method in METHODS:
            if method in methods:
                tag = methods[method].get("tags", ["other"])[0]
                groups.setdefault(tag, []).append(operation(method, path, methods[method]))
    objects = {
        name: {"name": name, "note": part.get("description", ""), "fields": fields(part), "kind": kind(part)}
        for name, part in sorted(schema["components"]["schemas"].items())
    }
    return {"groups": dict(sorted(groups.items())), "objects": objects}


def objects_of(operations: list[dict[str, Any]], objects: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """What the bodies and answers of `operations` are made of, down to the last part."""
    asked = [call["body"] for call in operations] + [
        answer["kind"] for call in operations for answer in call["answers"]
    ]
    waiting, found = [each["link"] for each in asked if each], set()
    while waiting:
        name = waiting.pop()
        if name in objects and name not in found:
            found.add(name)
            waiting += [objects[name]["kind"]["link"], *(field["kind"]["link"] for field in objects[name]["fields"])]
    return [objects[name] for name in sorted(found)]


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """How the API is called, and its parts; each has a page of its own, for all of it is half a megabyte."""
    groups = [(name, len(operations)) for name, operations in documentation()["groups"].items()]
    return render(request, "api/docs.html", {"groups": groups})


@require_safe
def part(request: HttpRequest, name: str) -> HttpResponse:
    """The calls of one part, and the objects that they take and give."""
    known = documentation()
    operations = known["groups"].get(name)
    if operations is None:
        raise Http404
    context = {"name": name, "operations": operations, "objects": objects_of(operations, known["objects"])}
    return render(request, "api/part.html", context)
