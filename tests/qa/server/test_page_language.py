"""The page is served in the language that was asked for, chosen before, or preferred."""

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from qa.server.page_language import COOKIE, PageLanguage, page_language

PAGE = '<!doctype html>\n<html\n\tlang="en"\n>\n<head><p lang="en">ü</p></head></html>'


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("nl, ru", "en"),
        ("ar-EG", "ar"),
        ("ZH-tw,zh;q=0.9", "zh"),
        ("en;q=0.2, fr-CA;q=0.8, de;q=0.5", "fr"),
        ("de;q=0, es", "es"),
        ("de;q=lots, es;q=0.1", "es"),
        ("*", "en"),
        ("nonsense;;;,,=" + "x" * 5000, "en"),
    ],
)
def test_the_browser_prefers(accepted: str, language: str) -> None:
    assert page_language({"accept-language": accepted}) == language


@pytest.mark.parametrize(
    ("cookie", "asked", "language"),
    [
        (f"{COOKIE}=ja", None, "ja"),
        (f"{COOKIE}=ja", "", "fr"),
        (f"a=b; {COOKIE}=ja", "ar", "ar"),
        (f"{COOKIE}=tlh", None, "fr"),
        (f"{COOKIE}=<script>", "<b>", "fr"),
        ("=;;\x00=" + "x" * 9000, None, "fr"),
    ],
)
def test_a_choice_comes_before_the_browser(cookie: str, asked: str | None, language: str) -> None:
    assert page_language({"accept-language": "fr", "cookie": cookie}, asked) == language


@pytest.fixture
def client() -> TestClient:
    routes = [
        Route("/", lambda request: HTMLResponse(PAGE)),
        Route("/api/v1/docs", lambda request: HTMLResponse(PAGE)),
        Route("/packed", lambda request: HTMLResponse(PAGE, headers={"content-encoding": "x"})),
        Route("/source/file", lambda request: HTMLResponse(PAGE)),
        Route(
            "/viewer",
            lambda request: HTMLResponse(PAGE, headers={"content-security-policy": "sandbox"}),
        ),
        Route("/json", lambda request: JSONResponse({"html": 'lang="en"'})),
    ]
    return TestClient(PageLanguage(Starlette(routes=routes)))


def test_html_says_its_language_and_direction(client: TestClient) -> None:
    response = client.get("/", headers={"accept-language": "ar"})
    assert '<html\n\tlang="ar" dir="rtl"\n>' in response.text
    assert 'language: {value: "ar"}' in response.text
    assert '<p lang="en">ü</p>' in response.text
    assert int(response.headers["content-length"]) == len(response.content)
    assert "set-cookie" not in response.headers
    assert response.headers["vary"].lower() == "accept-language"
    assert 'lang="zh-CN" dir="ltr"' in client.get("/", headers={"accept-language": "zh"}).text


def test_a_choice_is_remembered_until_it_is_taken_back(client: TestClient) -> None:
    assert 'lang="ja"' in client.get("/?lang=ja&x=1").text
    assert 'lang="ja"' in client.get("/", headers={"accept-language": "fr"}).text
    assert 'lang="de"' in client.get("/?lang=de").text
    assert 'lang="fr"' in client.get("/?lang=", headers={"accept-language": "fr"}).text
    assert 'lang="fr"' in client.get("/", headers={"accept-language": "fr"}).text


def test_what_is_asked_for_is_never_repeated(client: TestClient) -> None:
    response = client.get("/?lang=%22%3E%3Cscript%3E%0d%0aset-cookie:x")
    assert "script>0" not in response.text
    assert 'lang="en" dir="ltr"' in response.text
    assert response.headers["set-cookie"].startswith(f"{COOKIE}=; ")


def test_nothing_else_is_changed(client: TestClient) -> None:
    assert client.get("/json?lang=ar").json() == {"html": 'lang="en"'}
    assert client.get("/packed?lang=ar").text == PAGE
    original = client.get("/source/file?lang=ar")
    assert original.text == PAGE
    assert "set-cookie" not in original.headers
    assert client.get("/api/v1/docs?lang=ar").text == PAGE  # it is in English
    assert client.get("/viewer?lang=ar").text == PAGE  # its policy admits only its own scripts
    assert client.post("/?lang=ar").status_code == 405
