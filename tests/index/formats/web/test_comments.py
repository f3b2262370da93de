"""Readers' comments go from pages whose markup does not name them; sections of an article stay."""

import lxml.html
import pytest

from index.formats.web import comments
from index.formats.web.comments import drop_comments

ARTICLE = "<div><h1>Ships</h1><p>The keeper counted nine ships.</p></div>"
BOX = "<div class='a'><b>User {}</b><p>What a day, number {}.</p></div>"
BOXES = "".join(BOX.format(at, at) for at in range(3))


def left(block: str) -> str:
    root = lxml.html.document_fromstring(f"<body>{ARTICLE}{block}<p>The end.</p></body>")
    drop_comments(root)
    return str(root.text_content()).replace("ShipsThe keeper counted nine ships.", "|")


@pytest.mark.parametrize(
    "heading",
    ["Comments", "3 comments", "Comments (1,204)", "Readers’ comments:", "Kommentare", "评论 (3)",
     "Комментарии", "التعليقات", "댓글 3"],
)  # fmt: skip
def test_comments_go(heading: str) -> None:
    assert left(f"<div><h2>{heading}</h2>{BOXES}</div>") == "|The end."
    assert (
        left(f"<div><h3>{heading}</h3><ul>{BOXES.replace('div', 'li')}</ul></div>") == "|The end."
    )


@pytest.mark.parametrize(
    "block",
    [
        f"<div><h2>Comments on the budget</h2>{BOXES}</div>",
        "<section><h2>Comments</h2><p>The bureau says no.</p><p>The mayor says yes.</p></section>",
        f"<div><h2>Comments</h2><p>The mayor says yes.</p>{BOXES}</div>",
        f"<div><h2>Comments</h2>{BOXES}The mayor says yes.</div>",
        f"<div>The mayor says yes.<h2>Comments</h2>{BOXES}</div>",
        f"<div><p>The mayor says yes.</p><h2>Comments</h2>{BOXES}</div>",
        f"<div><h2>Comments</h2>{BOX}</div>",
        "<div><h2>Comments</h2><div>The bureau says no.</div><div>The mayor says yes.</div></div>",
        "<div><h2>Comments</h2></div>",
    ],
)
def test_what_may_be_article_stays(block: str) -> None:
    root = lxml.html.document_fromstring(f"<body>{ARTICLE}{block}<p>The end.</p></body>")
    assert left(block) == str(root.text_content()).replace(
        "ShipsThe keeper counted nine ships.", "|"
    )


def test_a_block_with_many_headings_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[object] = []
    monkeypatch.setattr(comments, "_is_comments", judged.append)
    left(f"<div>{'<h2>Comments</h2>' * 5}</div><div><h2>Comments</h2></div>")
    assert len(judged) == 2


def test_a_heading_in_the_body_itself_takes_nothing_with_it() -> None:
    root = lxml.html.document_fromstring(f"<body><h2>Comments</h2>{BOXES}</body>")
    drop_comments(root)
    assert "What a day" in str(root.text_content())
