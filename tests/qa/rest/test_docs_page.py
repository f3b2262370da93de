"""The page made from the document."""

import html
import re
import shlex
from itertools import pairwise

from starlette.testclient import TestClient

from qa.rest.docs_page import docs_page
from qa.server.problem import KINDS


def test_it_is_complete_and_loads_nothing(chat: TestClient) -> None:
    response = chat.get("/api/v1/docs")
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    shown = response.text
    assert not re.search(r"<script|<link|url\(|src=|@import", shown)
    assert set(re.findall(r'href="([^#"][^"]*)"', shown)) == {"/openapi.json"}
    for path in chat.get("/openapi.json").json()["paths"]:
        assert f"</span> {path}</code>" in shown
    for kind in KINDS:
        assert f'id="{kind.type.partition("#")[2]}"' in shown


def test_every_link_within_it_leads_somewhere(chat: TestClient) -> None:
    shown = chat.get("/api/v1/docs").text
    targets = re.findall(r'id="([^"]+)"', shown)
    assert len(targets) == len(set(targets))
    assert set(re.findall(r'href="#([^"]+)"', shown)) <= set(targets)


def test_its_examples_are_taken(chat: TestClient) -> None:
    """Each example is sent as it stands there; only ids and texts differ in this archive."""
    shown = chat.get("/api/v1/docs").text
    examples = [html.unescape(e) for e in re.findall("(?s)<pre[^>]*>(.*?)</pre>", shown)]
    assert len(examples) == 20
    for example in examples:
        words = shlex.split(example)
        (address,) = (word for word in words if word.startswith("http://"))
        path = address.removeprefix("http://127.0.0.1:7860")
        options = dict(pairwise(words))
        if "-d" in words:
            name, _, value = options["-H"].partition(": ")
            sent = chat.post(path, content=options["-d"], headers={name: value})
        elif "-X" in words:
            file = b"Fog came in over the quay at noon." if "--data-binary" in words else None
            sent = chat.request(options["-X"], path, content=file)
        else:
            name, _, value = options.get("--data-urlencode", "=").partition("=")
            sent = chat.get(path, params={name: value} if name else None)
        assert sent.status_code in (200, 404), example
        if sent.status_code == 404:
            assert "no article with the id" in sent.json()["detail"]


def test_what_the_document_says_is_shown_as_text() -> None:
    schema = {"type": "object", "properties": {"<i>": {"type": "string", "description": "<b>"}}}
    document = {
        "info": {"title": "<script>", "summary": "", "description": "", "version": "1"},
        "paths": {},
        "components": {"schemas": {"A": schema}},
    }
    shown = docs_page(document)
    assert "<script" not in shown
    assert "<td>&lt;b&gt;</td>" in shown
