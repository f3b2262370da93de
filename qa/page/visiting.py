"""Who visits the page, as its handlers see it: what the guard has put into the request."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from qa.accounts.roles import Role
from qa.archive import Archive
from qa.chat.page_frame import heading_html
from qa.server.identity.visitor import Visitor, visitor_of
from qa.server.page_language import page_language
from qa.standing.shared import SharedList


def browser_language(request: gr.Request) -> str:
    """Return the page's language for a request of the browser."""
    return page_language(request.headers)


def visitor(browser: gr.Request | None) -> Visitor:
    """Return who sent the request of an event, or of the start of a queued one."""
    request = getattr(browser, "request", None)
    return visitor_of(request.scope if request else {})


def standing_of(standing: SharedList, browser: gr.Request | None) -> SharedList:
    """Return the standing questions as this visitor may use them: to change, or only to see."""
    return standing if visitor(browser).may(Role.ADD) else replace(standing, changeable=False)


def asking(
    standing: SharedList | None, browser: gr.Request | None, question: str
) -> SharedList | None:
    """Note that a visitor asks; return the standing questions as they may be used."""
    visitor(browser).note("asked", question=question)
    return standing and standing_of(standing, browser)


def greet_visitors(
    archive: Archive, blocks: gr.Blocks, head: gr.HTML, adding: Sequence[Any]
) -> None:
    """When the page is loaded, draw its heading, and leave out what this visitor may not do."""

    def greet(browser: gr.Request) -> list[Any]:
        sender = visitor(browser)
        name = sender.name if sender.session else ""
        heading = heading_html(len(archive), browser_language(browser), name)
        allowed = sender.may(Role.ADD)
        return [heading, *(gr.update(visible=allowed) for _ in adding)]

    blocks.load(greet, None, [head, *adding], api_visibility="private")
