"""Texts that try to become markup, and what a browser would make of a page."""

from dataclasses import replace
from html.parser import HTMLParser

from index.store.base.search_filter import SearchFilter
from qa import Place
from qa.chat.turn import Reply, Source
from tests.support.chats import SENTENCE, answer, citation

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "</div></details><iframe src='//evil.example'></iframe>",
    "<!-- a comment",
    "<b>bold</b> &lt;i&gt; &amp;",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "![x](http://evil.example/x.png)",
    "[click](javascript:alert(1))",
    "http://evil.example/ www.evil.example me@evil.example",
    "*a* _b_ **c** ~~d~~ `e` # f",
    "```mermaid graph```",
    "$$x^2$$ \\(y\\) \\[z\\] $a$",
    "| a | b | - 1. + > quote",
    "${alert(1)} {{alert(1)}} {% x %} %%%LATEX_BLOCK_0%%%",
    "<|endoftext|> <thinking>hm</thinking>",
]


TAGS = {"div", "span", "strong", "mark", "details", "summary", "blockquote", "bdi", "br", "a"}


ATTRIBUTES = {
    "class",
    "lang",
    "dir",
    "href",
    "target",
    "rel",
    "value",
    "title",
    "aria-label",
    "role",
}


class Seen(HTMLParser):
    """What a browser would make of it: tags, attributes, and the text shown."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag == "br":
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        self.text += data


def hostile_reply(words: str, *, answered: bool = True) -> Reply:
    """A reply in which every text that comes from outside is `words`."""
    cited = replace(
        citation(SENTENCE), title=words, language=words, path=words, url=words, text=words,
        start=0, end=len(words), also_in=(Place(words, words, words, 0, 1, "body"),), place=words,
    )  # fmt: skip
    given = replace(
        answer("Ann Lee" if answered else None, cited),
        question=words, text=words, sentence=words, start=0, end=len(words), understood=words,
    )  # fmt: skip
    sources = (Source(cited, words, words, given), Source(cited, answer=replace(given, text="x")))
    return Reply(words, "en", given, sources, only=SearchFilter(article=words))
