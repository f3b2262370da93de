"""What is read from one build is fetched once."""

from dataclasses import replace

import pytest
from fastapi import Request

from index.store.base.settings import Settings
from qa.rest.caching import entity_tag, tagged

SETTINGS = Settings("fake", "1", 64, 128, 1, 1, generation=3, published="2025", identity="a")


def test_a_build_changes_the_tag() -> None:
    tag = entity_tag(SETTINGS)
    assert tag == entity_tag(replace(SETTINGS))
    assert tag != entity_tag(replace(SETTINGS, generation=4))
    assert tag != entity_tag(replace(SETTINGS, identity="b"))  # built from scratch in its place


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ('W/"abc"', True),
        ('"abc"', True),  # what a proxy makes of it
        ('"x", W/"abc"', True),
        ('"abcd"', False),
        ("abc", False),
        ("*", False),
        ("", False),
    ],
)
def test_a_known_tag_saves_the_body(given: str, known: bool) -> None:
    request = Request({"type": "http", "headers": [(b"if-none-match", given.encode())]})
    response = tagged(request, 'W/"abc"', {"text": "Fog."})
    assert response.status_code == (304 if known else 200)
    assert response.headers["etag"] == 'W/"abc"'
    assert response.headers["cache-control"] == "private, no-cache"
    assert (response.body == b"") is known
