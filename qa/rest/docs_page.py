"""A page for people, made from the document: the operations, their values, examples and problems.

Static HTML without scripts; nothing in it comes from elsewhere.
"""

import json
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from qa.server.problem import KINDS

TEMPLATES = Path(__file__).with_name("templates")
MARKDOWN = MarkdownIt("commonmark", {"html": False})  # of our own descriptions
REFERENCE = "#/components/schemas/"
Json = dict[str, Any]


def docs_page(document: Json) -> str:
    """Return the page that describes a document's operations."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["markdown"] = lambda text: Markup(MARKDOWN.render(text))  # noqa: S704
    environment.filters["inline"] = lambda text: Markup(MARKDOWN.renderInline(text))  # noqa: S704
    schemas = document["components"]["schemas"]
    operations = [
        _operation(method, path, operation, schemas)
        for path, item in document["paths"].items()
        for method, operation in item.items()
    ]
    tables = [
        {"name": name, "about": schema.get("description", ""), "rows": _rows(schema)}
        for name, schema in sorted(schemas.items())
        if "properties" in schema
    ]
    template = environment.get_template("docs.html")
    return template.render(
        info=document["info"],
        operations=operations,
        tables=tables,
        kinds=KINDS,
        password="security" in document,
    )


def _operation(method: str, path: str, operation: Json, schemas: Json) -> Json:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    returned = operation["responses"]["200"]["content"]
    example = example_of(body["schema"], schemas) if body else None
    name = body.get("schema", {}).get("$ref", "").removeprefix(REFERENCE)
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "first": operation["description"].partition("\n\n")[0],
        "about": operation["description"],
        "parameters": [_row(p["name"], p["schema"], p.get("required"), p) for p in
                       operation.get("parameters", [])],
        "takes": name,
        "rows": _rows(schemas[name]) if name else [],
        "returns": [
            _type(content["schema"]) if media == "application/json" else media
            for media, content in returned.items()
        ],
        "curl": _curl(method, path, operation, example),
        "statuses": [
            (status, response["description"])
            for status, response in operation["responses"].items()
        ],
    }  # fmt: skip


def example_of(schema: Json, schemas: Json) -> Any:
    """Return the least value of a schema that has examples for what it requires.

    >>> example_of({"required": ["k"], "properties": {"k": {"examples": [3]}, "l": {}}}, {})
    {'k': 3}
    """
    schema = _resolved(schema, schemas)
    if "examples" in schema:
        return schema["examples"][0]
    if schema.get("type") == "array":
        return [example_of(schema["items"], schemas)]
    properties = schema.get("properties", {})
    return {name: example_of(properties[name], schemas) for name in schema.get("required", [])}


def _curl(method: str, path: str, operation: Json, example: Any) -> str:
    address = f"http://127.0.0.1:7860{path}"
    needed = [p for p in operation.get("parameters", []) if p.get("required")]
    values = [f"{p['name']}={p['schema']['examples'][0]}" for p in needed]
    if method == "get":
        options = "".join(f" --data-urlencode '{value}'" for value in values)
        return f"curl -s {'--get ' if values else ''}{address}{options}"
    if example is not None:
        body = json.dumps(example, ensure_ascii=False)
        return f"curl -s {address} -H 'Content-Type: application/json' -d '{body}'"
    query = f"?{'&'.join(values)}" if values else ""
    file = " --data-binary @notes.txt" if "requestBody" in operation else ""
    return f"curl -s -X {method.upper()} '{address}{query}'{file}"


def _rows(schema: Json) -> list[Json]:
    required = schema.get("required", [])
    rows = [_row(n, value, n in required, value) for n, value in schema["properties"].items()]
    return sorted(rows, key=lambda row: not row["required"])


def _row(name: str, schema: Json, required: Any, about: Json) -> Json:
    return {
        "name": name,
        "type": _type(schema),
        "required": bool(required),
        "about": about.get("description", ""),
        "limits": _limits(schema),
    }


def _type(schema: Json) -> str:
    """Return a schema's type in words.

    >>> _type({"type": "array", "items": {"$ref": "#/components/schemas/Hit"}})
    'list of Hit'
    """
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(REFERENCE)
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    return str(schema.get("format") or schema.get("const") or schema.get("type", "any"))


def _limits(schema: Json) -> str:
    """Return what bounds a value, in words.

    >>> _limits({"type": "integer", "minimum": 0, "maximum": 50, "default": 10})
    '0 to 50; by default 10'
    """
    said = []
    if "maximum" in schema:
        said.append(f"{schema.get('minimum', 0):,.0f} to {schema['maximum']:,.0f}")
    for name, of in (("maxLength", "characters"), ("maxItems", "items")):
        if name in schema:
            said.append(f"at most {schema[name]:,} {of}")
    if schema.get("default") not in (None, "", []):
        said.append(f"by default {json.dumps(schema['default'])}")
    return "; ".join(said)


def _resolved(schema: Json, schemas: Json) -> Json:
    if "$ref" in schema:
        return dict(schemas[schema["$ref"].removeprefix(REFERENCE)])
    return schema
