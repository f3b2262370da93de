"""Books become one article per chapter that their table of contents names."""

import io
import zipfile

import pytest

from index.formats.books.epub import DRM, _without_head
from index.formats.limits import MAX_RATIO
from index.formats.seed_file import Refused
from tests.support.books import OPF, epub
from tests.support.files import zipped
from tests.support.reading import Read, only_article, why_refused

TEXT = "The keeper counted nine ships before noon and wrote them into his book."


def test_a_chapter_is_an_article(read: Read) -> None:
    pages = {"a b.xhtml": f"<h1>Ships &amp; more</h1><p>{TEXT}</p>", "b.xhtml": "<p>Then fog.</p>",
             "c.xhtml": "<h1>Fog</h1><p>It was&nbsp;thick.<br/>Very.</p>"}  # fmt: skip
    one, two = read("x.epub", epub(pages, [("a%20b.xhtml", "Ships & more"), ("c.xhtml", "Fog")]))
    assert (one.id, one.title) == ("x.epub#OEBPS/a b.xhtml", "Ships & more")
    assert one.text == f"Ships & more\n\n{TEXT}\n\nThen fog."
    assert (one.author, str(one.date), one.language) == ("K. Eeper, A. Other", "2025-10-28", "en")
    assert (two.id, two.text) == ("x.epub#OEBPS/c.xhtml", "Fog\n\nIt was\xa0thick.\nVery.")


@pytest.mark.parametrize("ncx", [False, True])
def test_chapters_within_a_page_and_parts_with_nothing_but_a_heading(read: Read, ncx: bool) -> None:
    body = (f'<p>Before.</p><h2 id="p">Part I</h2><section id="c1"><h2>One</h2><p>{TEXT}</p>'
            f'<a id="x"/></section><h2 id="c2">Two</h2><p>Fog.</p>')  # fmt: skip
    contents = [("a.xhtml#p", "Part I"), ("a.xhtml#c1", "One"), ("a.xhtml#c2", "Two")]
    found = read("x.epub", epub({"a.xhtml": body}, contents, ncx=ncx))
    assert [(item.id.partition("a.xhtml")[2], item.text) for item in found] == [
        ("", "The Light\n\nBefore."),
        ("#c1", f"One\n\nPart I\n\n{TEXT}"),
        ("#c2", "Two\n\nFog."),
    ]


def test_without_a_table_of_contents_it_is_one_article(read: Read) -> None:
    article = only_article(read("x.epub", epub({"a.xhtml": "<p>One.</p>", "b.xhtml": "Two."}, [])))
    assert (article.id, article.text) == ("x.epub", "The Light\n\nOne.\n\nTwo.")


def test_what_a_reader_of_the_book_does_not_see_is_not_read(read: Read) -> None:
    body = "<script src='x'/><style>p {}</style><p hidden='hidden'>no</p><!-- no --><p>Fog.</p>"
    article = only_article(read("x.epub", epub({"a.xhtml": body + "<img alt='no'/>"}, [])))
    assert article.text == "The Light\n\nFog."


def test_entities_are_not_expanded(read: Read) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "/etc/hostname">]>'
    article = only_article(read("x.epub", epub({"a.xhtml": "<p>Fog &b;&c;.</p>"}, [], prolog=bomb)))
    assert article.text == "The Light\n\nFog &b;&c;."
    opf = bomb + OPF.replace("The Light", "&b;&c;")
    title = only_article(read("x.epub", epub({"a.xhtml": "<p>Fog.</p>"}, [], opf=opf))).title
    assert title == "&b;&c;"


def test_a_protected_book_is_named(read: Read) -> None:
    pages = {"a.xhtml": "<p>One.</p>", "b.xhtml": "<p>Two.</p>"}
    font = {"font.ttf": "http://www.idpf.org/2008/embedding"}
    aes = "http://www.w3.org/2001/04/xmlenc#aes128-cbc"
    assert why_refused(read("x.epub", epub(pages, [], encrypted=dict.fromkeys(pages, aes)))) == DRM
    assert only_article(read("x.epub", epub(pages, [], encrypted=font)))
    bad, one = read("x.epub", epub(pages, [], encrypted={"b.xhtml": aes}))
    assert (bad, one.text) == (Refused("x.epub#OEBPS/b.xhtml", DRM), "The Light\n\nOne.")


def test_damage_is_named(read: Read) -> None:
    assert "no META-INF/container.xml" in why_refused(read("x.epub", zipped({"a": "b"})))
    assert "damaged or of another kind" in why_refused(read("x.epub", b"words"))
    assert why_refused(read("x.epub", epub({"a.xhtml": "<p/>"}, []))).startswith("has no text")
    opf = OPF.format(items='<item id="a" href="gone.xhtml" media-type="application/xhtml+xml"/>',
                     refs='<itemref idref="a"/>')  # fmt: skip
    assert "lacks its part 'OEBPS/gone.xhtml'" in why_refused(read("x.epub", epub({}, [], opf=opf)))


def test_a_bomb_and_a_path_that_leads_outside(read: Read) -> None:
    bomb = epub({f"{n}.xhtml": " " * 9_900_000 for n in range(9)}, [])
    assert f"more than {MAX_RATIO} times" in read("x.epub", bomb)[-1].why
    assert "over 10 MB of markup" in read("x.epub", epub({"a.xhtml": " " * 10_000_001}, []))[0].why
    opf = OPF.format(items='<item id="a" href="../../../etc/passwd" media-type="text/html"/>',
                     refs='<itemref idref="a"/>')  # fmt: skip
    assert "lacks its part" in why_refused(read("x.epub", epub({}, [], opf=opf)))


def test_a_damaged_chapter_costs_that_chapter(read: Read) -> None:
    pages = {
        "a.xhtml": f"<p>{TEXT}</p>",
        "b.xhtml": "<p>Damage here.</p>",
        "c.xhtml": "<p>Fog.</p>",
    }
    stored = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(epub(pages, [(name, name) for name in pages]))) as packed,
        zipfile.ZipFile(stored, "w") as unpacked,
    ):
        for name in packed.namelist():
            unpacked.writestr(name, packed.read(name))
    data = stored.getvalue()
    found = read("x.epub", data.replace(b"Damage here", b"Damage hare"))
    read_whole = [item.text for item in found if not isinstance(item, Refused)]
    assert read_whole == [f"a.xhtml\n\n{TEXT}", "c.xhtml\n\nFog."]
    assert "has a damaged part 'OEBPS/b.xhtml'" in why_refused(
        [item for item in found if isinstance(item, Refused)]
    )


@pytest.mark.parametrize(
    "unseen", ['<!-- <a id="two"/> -->', '<div hidden="hidden"><a id="two"></a></div>']
)
def test_a_chapter_that_begins_where_nothing_is_seen(read: Read, unseen: str) -> None:
    body = f'<p>{TEXT}</p>{unseen}<h2 id="three">Three</h2><p>Fog.</p>'
    contents = [("a.xhtml", "One"), ("a.xhtml#two", "Two"), ("a.xhtml#three", "Three")]
    one, three = read("x.epub", epub({"a.xhtml": body}, contents))
    assert TEXT in one.text
    assert three.text == "Three\n\nFog."


def test_a_page_of_nothing_but_prologs_and_heads_takes_no_time() -> None:
    for piece in ("<!DOCTYPE[", "<?xml ", "<head "):
        assert _without_head(piece * 100_000).strip()
    page = '<?xml version="1.0"?>\n<!-- x --><!DOCTYPE html [<!ENTITY a "b">]>\n<html>'
    assert _without_head(page + "<head><title>x</title></head><p>") == "\n<html><p>"
    assert _without_head("<html><head/><p>") == "<html><p>"
