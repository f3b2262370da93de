"""What tests of reading share: the type of the `read` fixture, and checks of what it gives."""

from collections.abc import Callable
from typing import Any

from index.article import Article
from index.formats.seed_file import Refused

# (file name, content) -> articles and refusals; Any, so that tests can unpack and look into them
Read = Callable[[str, str | bytes], list[Any]]


def only_article(items: list[Any]) -> Article:
    (article,) = items
    assert isinstance(article, Article), article
    return article


def why_refused(items: list[Any]) -> str:
    (refused,) = items
    assert isinstance(refused, Refused), refused
    return refused.why
