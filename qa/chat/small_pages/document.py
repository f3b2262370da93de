"""A whole document of a few kilobytes with its style and its script in it: nothing to load."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from qa.chat.phrases.cldr import direction
from qa.chat.rendering import render
from qa.chat.words import PAGE

FOLDER = files(__package__)


def sign_in_html(language: str, problem: str = "") -> str:
    """Return the page to sign in on; `problem` is "", "wrong" or "slow"."""
    words = PAGE[language]
    body = render(
        "sign_in.html", words=words, problem=words[f"sign-in-{problem}"] if problem else ""
    )
    return _document(language, body, "sign_in")


def box_html(language: str, *, logged: bool) -> str:
    """Return the embedded box; `logged` if questions are kept in a log."""
    return _document(language, render("box.html", words=PAGE[language], logged=logged), "box")


def inline_sources(name: str) -> tuple[str, str]:
    """Return what a policy allows of a page: its style and its script, by their digests."""
    style, script = _inline(name)
    return _source(style), _source(script)


def _document(language: str, body: str, name: str) -> str:
    style, script = _inline(name)
    code = "zh-CN" if language == "zh" else language
    return (
        f'<!doctype html><html lang="{code}" dir="{direction(language)}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        "<title>Archive QA</title>"
        f"<style>{style}</style></head><body>{body}<script>{script}</script></body></html>"
    )


@cache
def _inline(name: str) -> tuple[str, str]:
    files = ("plain.css", f"{name}.css", f"{name}.js")
    common, style, script = (FOLDER.joinpath(file).read_text(encoding="utf-8") for file in files)
    return common + style, script


def _source(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
