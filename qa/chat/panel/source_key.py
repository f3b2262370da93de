"""The value of the button that opens the source of a cited text: "<start>-<end>-<article id>"."""

from index.article import Article
from qa.answers.citing import Citation
from qa.chat.plain_text import decode_id, encode_id

MAX_KEY = 20_000  # characters; longer keys come from no button of ours


def source_key(citation: Citation) -> str:
    """Return the key of a citation; of a whole article, that of nothing cited."""
    end = citation.end if citation.text else citation.start
    return f"{citation.start}-{end}-{encode_id(citation.article_id)}"


def parse_key(key: str) -> tuple[int, int, str] | None:
    """Return start, end and article id of a key, or None if it is none.

    >>> parse_key("3-8-a%2Fb.pdf"), parse_key("3-8"), parse_key("-1-8-a")
    ((3, 8, 'a/b.pdf'), None, None)
    """
    start, _, rest = key[:MAX_KEY].partition("-")
    end, _, encoded = rest.partition("-")
    if not (start.isdecimal() and end.isdecimal() and encoded) or len(start + end) > 18:
        return None
    return int(start), int(end), decode_id(encoded)


def cited(article: Article, start: int, end: int) -> tuple[int, int]:
    """Return the offsets if they are in the article's text, else those of nothing cited."""
    return (start, end) if start <= end <= len(article.text) else (0, 0)
