"""Files as real programs make them, one at least of every kind: `real/README.md` says by what."""

import datetime
from pathlib import Path

import pytest

from index.article import Article
from index.formats.registry import KINDS
from index.ingest.reading import read_articles
from index.passage import passages

FOLDER = Path(__file__).with_name("real")
TITLE, CHINESE = "Cranes of Larnik stand still", "拉尼克港的起重机停了"
DAY, NEXT, MADE = (datetime.date(*day) for day in ((2025, 10, 28), (2025, 10, 29), (2026, 11, 22)))
WRITTEN = datetime.date(2026, 11, 28)
AUTHOR, SITE = "Ilse Brandt", "https://larnik.example/"
SENTENCE = "The work will cost 3.5 million euros and last for three weeks."
ZH_SENTENCE = "拉尼克港周二关闭，以便修理港口的十一台起重机。"
ALIASES = {".htm", ".xml", ".tgz", ".tbz2", ".txz", ".tzst"}  # other names of kinds that are here

# of each article: its place, title, day, author, address, languages of its passages
MARKDOWN = (TITLE, DAY, AUTHOR, None, {"en", "zh"})
WORD = (TITLE, MADE, AUTHOR, None, {"en", "zh"})
PAGE = ("The Larnik Paper", None, None, None, {"en"})  # the page's own first heading
DUMP = ("#The Larnik Paper Full Atom Feed The Larnik Paper Full RSS Feed", None, None, None, {"en"})
ENTRIES = {
    "#tag:larnik.example,2025-10-29:/harbour.html": (
        CHINESE, NEXT, AUTHOR, f"{SITE}harbour.html", {"zh"}),
    "#tag:larnik.example,2025-10-28:/larnik.html": (
        TITLE, DAY, AUTHOR, f"{SITE}larnik.html", {"en"}),
}  # fmt: skip
PACKED = {
    "#news/2025/larnik.md": MARKDOWN,
    "#news/2025/larnik.docx": WORD,
    "#news/harbour.html": PAGE,
}
SERVED = "http://127.0.0.1:18765/"
CRAWLED = {
    "#3": ("The Larnik Paper", MADE, None, f"{SERVED}larnik.html", {"en"}),
    "#5": ("The Larnik Paper", MADE, None, f"{SERVED}harbour.html", {"zh"}),
}
SPOKEN = (None, None, None, None, {"en", "zh"})
ROWS = [
    (TITLE, DAY, AUTHOR, f"{SITE}larnik.html", {"en"}),
    (CHINESE, NEXT, AUTHOR, f"{SITE}harbour.html", {"zh"}),
]
EXPECTED = {
    "larnik.txt": {"": DUMP},
    "larnik.md": {"": MARKDOWN},
    "larnik.html": {"": PAGE},
    "larnik.jsonl": {
        "#1": (TITLE, DAY, AUTHOR, f"{SITE}larnik.html", {"en"}),
        "#2": (None, None, None, None, {"zh"}),
    },
    "larnik.pdf": {"": (f"The Larnik Paper - {TITLE}", MADE, None, None, {"en"})},
    "larnik.docx": {"": WORD},
    "larnik.eml": {"": (f"{TITLE} – 起重机", MADE, AUTHOR, None, {"en", "zh"})},
    "larnik.rss": ENTRIES,
    "larnik.atom": ENTRIES,
    "larnik.warc": CRAWLED,
    "larnik.odt": {"": (TITLE, WRITTEN, AUTHOR, None, {"en", "zh"})},
    "larnik.rtf": {"": (TITLE, None, None, None, {"en", "zh"})},
    "larnik.epub": {"#EPUB/text/ch001.xhtml#cranes-of-larnik-stand-still": MARKDOWN},
    "larnik.srt": {"": SPOKEN},
    "larnik.vtt": {"": SPOKEN},
    "larnik.mbox": {
        "#1": (f"{TITLE} – 起重机", MADE, AUTHOR, None, {"en", "zh"}),
        "#2": (CHINESE, NEXT, AUTHOR, None, {"zh"}),
    },
    "larnik.wacz": {f"#archive/larnik.warc{number}": page for number, page in CRAWLED.items()},
    **{
        f"larnik.{kind}": {f"#{n + first}": row for n, row in enumerate(ROWS)}
        for kind, first in (("csv", 2), ("tsv", 2), ("parquet", 1))
    },
    "larnik.zip": PACKED,
    "larnik.tar": PACKED,
    **{f"larnik.txt.{packing}": {"": DUMP} for packing in ("gz", "bz2", "xz", "zst")},
}


def test_there_is_one_of_every_kind() -> None:
    assert {Path(name).suffix for name in EXPECTED} == set(KINDS) - ALIASES
    files = {file.name for file in FOLDER.iterdir()}
    assert files - {"README.md", ".gitattributes"} == set(EXPECTED)
    told = (FOLDER / "README.md").read_text("utf-8")
    assert all(name.removeprefix("larnik.txt") in told for name in EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_its_articles_and_what_it_states_of_them(name: str) -> None:
    found = {}
    for article in read_articles(FOLDER / name, name):
        assert isinstance(article, Article), article
        words = " ".join(article.text.split())
        assert SENTENCE in words or ZH_SENTENCE in words
        languages = {passage.language for passage in passages(article, 32)}
        about = (article.title, article.date, article.author, article.url, languages)
        found[article.place.removeprefix(name)] = about
    assert found == EXPECTED[name]
