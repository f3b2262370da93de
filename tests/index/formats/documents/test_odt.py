"""OpenDocument texts: what their reader sees, with changes accepted."""

import datetime

import pytest

from index.formats.limits import MAX_RATIO
from index.formats.seed_file import Omitted
from tests.support.files import zipped
from tests.support.reading import Read, only_article, why_refused

NAMES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{of}:1.0"'
    for name, of in {
        "office": "office", "text": "text", "table": "table", "draw": "drawing", "style": "style",
        "meta": "meta", "svg": "svg-compatible", "manifest": "manifest",
    }.items()
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip


def odt(body: str, styles: str = "", meta: str = "", before: str = "", **members: str) -> bytes:
    content = f"""{before}<office:document-content{NAMES}><office:automatic-styles>
    <style:style style:name="H"><style:text-properties text:display="none"/></style:style>
    </office:automatic-styles><office:body><office:text>{body}</office:text></office:body>
    </office:document-content>"""
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": content,
        "styles.xml": f"<office:document-styles{NAMES}>{styles}</office:document-styles>",
        "meta.xml": f"<office:document-meta{NAMES}>{meta}</office:document-meta>",
        **members,
    })  # fmt: skip


def p(inside: str) -> str:
    return f"<text:p>{inside}</text:p>"


def test_words_within_a_sentence(read: Read) -> None:
    body = p(
        "The <text:span>keeper</text:span><text:s text:c='3'/>counted\n<text:a>nine</text:a>"
        "<text:tab/>ships<text:line-break/>of <text:title>Larnik</text:title>"
        "<text:bookmark text:name='x'/> on page <text:page-number>3</text:page-number>."
    )
    text = only_article(read("a.odt", odt("<text:h>Ships</text:h>" + body))).text
    assert text == "Ships\n\nThe keeper counted nine ships\nof Larnik on page 3."


def test_blocks(read: Read) -> None:
    cells = "".join(f"<table:table-cell>{p(t)}</table:table-cell>" for t in ("Tartu", "", "97"))
    body = (
        f"<text:section>{p('One.')}</text:section>"
        f"<text:list><text:list-item>{p('Two.')}<text:list><text:list-item>{p('Three.')}"
        f"</text:list-item></text:list></text:list-item></text:list>"
        f"<table:table><table:table-header-rows><table:table-row>{cells}</table:table-row>"
        "</table:table-header-rows></table:table>"
        + p(f"Four <draw:frame><draw:text-box>{p('Boxed.')}</draw:text-box></draw:frame>goes on.")
        + p(f"<draw:g><draw:custom-shape>{p('Shaped.')}</draw:custom-shape></draw:g>")
    )
    assert only_article(read("a.odt", odt(body))).text == (
        "One.\n\nTwo.\n\nThree.\n\nTartu | 97\n\nFour goes on.\n\nBoxed.\n\nShaped."
    )


def test_numbers_of_lists(read: Read) -> None:
    styles = "<office:styles><text:list-style style:name='L'><text:list-level-style-number "
    styles += "text:level='1' style:num-format='{}' style:num-suffix='.'/></text:list-style>"
    styles += "</office:styles>"
    body = "<text:list text:style-name='L'>" + "".join(
        f"<text:list-item>{p(f'<text:number>9.</text:number>{text}')}</text:list-item>"
        for text in ("One.", "", "Three.")
    ) + "</text:list>"  # fmt: skip
    assert (
        only_article(read("a.odt", odt(body, styles.format("I")))).text == "I. One.\n\nIII. Three."
    )
    article, omitted = read("a.odt", odt(body, styles.format("א, ב, ג, ...")))
    assert article.text == "One.\n\nThree."
    assert omitted == Omitted("a.odt", "2 list numbers left out")


def test_notes_come_last_and_changes_are_accepted(read: Read) -> None:
    body = (
        f"<text:tracked-changes><text:changed-region><text:deletion>{p('Gone.')}</text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        + p("Nine<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            + p("Or ten.") + "</text:note-body></text:note> <text:change-start/>grey"
            "<text:change-end/> ships.") + p("Fog.")
    )  # fmt: skip
    assert only_article(read("a.odt", odt(body))).text == "Nine grey ships.\n\nFog.\n\nOr ten."


def test_what_is_left_out_is_named(read: Read) -> None:
    body = (
        p(f"Nine ships<office:annotation>{p('Sure?')}</office:annotation>, "
          "<text:ruby><text:ruby-base>灯塔</text:ruby-base><text:ruby-text>dēngtǎ</text:ruby-text></text:ruby>.")
        + "<text:p text:style-name='H'>Hidden.</text:p>"
        + p("<draw:frame><svg:title>not read</svg:title><draw:image/></draw:frame>")
    )  # fmt: skip
    styles = (f"<style:master-page><style:header>{p('The Gazette')}</style:header>"
              f"<style:footer>{p('Page 3')}</style:footer></style:master-page>")  # fmt: skip
    article, omitted = read("a.odt", odt(body, styles))
    assert article.text == "Nine ships, 灯塔."
    assert omitted == Omitted(
        "a.odt",
        "1 comment, 1 reading above characters, 1 hidden text, 1 header left out",
    )


def test_metadata(read: Read) -> None:
    meta = ("<office:meta><dc:title>The  Light</dc:title><dc:language>en-GB</dc:language>"
            "<meta:initial-creator>K. Eeper</meta:initial-creator><dc:creator>B</dc:creator>"
            "<meta:creation-date>2025-10-28T09:00:00</meta:creation-date>"
            "</office:meta>")  # fmt: skip
    article = only_article(read("a.odt", odt(p("Fog."), meta=meta)))
    assert (article.title, article.author, article.language) == ("The Light", "K. Eeper", "en")
    assert article.date == datetime.date(2025, 10, 28)


def test_what_cannot_be_read_is_refused(read: Read) -> None:
    manifest = f"<manifest:manifest{NAMES}><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"  # noqa: E501
    locked = odt("", **{"META-INF/manifest.xml": manifest})
    assert "needs a password" in why_refused(read("a.odt", locked))
    assert "pictures are not read" in why_refused(read("a.odt", odt(p("<draw:image/>"))))
    assert "lacks its part 'content.xml'" in why_refused(read("a.odt", zipped({"a": "b"})))
    assert "cannot be parsed" in why_refused(read("a.odt", zipped({"content.xml": "<a>"})))
    assert "of another kind" in why_refused(read("a.odt", b"words"))


@pytest.mark.parametrize("value", ["'haha'", "SYSTEM 'file:///etc/hostname'"])
def test_entities_are_not_expanded(read: Read, value: str) -> None:
    bomb = f"<!DOCTYPE x [<!ENTITY e {value}>]>"
    assert only_article(read("a.odt", odt(p("Fog &e;here."), before=bomb))).text == "Fog here."


def test_a_bomb_is_refused(read: Read) -> None:
    assert f"more than {MAX_RATIO} times" in why_refused(
        read("a.odt", odt(" " * 50_000_001 + p("Fog.")))
    )


def test_raised_numbers_keep_their_meaning(read: Read) -> None:
    raised = '<style:style style:name="{}"><style:text-properties style:text-position="{}"/>'
    styles = "".join(
        raised.format(name, position) + "</style:style>"
        for name, position in (("U", "super 58%"), ("V", "33% 58%"), ("D", "-33% 58%"))
    )
    span = '<text:span text:style-name="{}">{}</text:span>'.format
    body = p(f"10{span('U', 6)} ships, 5 km{span('V', 2)}, H{span('D', 2)}O.")
    assert only_article(read("x.odt", odt(body, styles))).text == "10^6 ships, 5 km², H2O."


def test_embedded_objects_are_named(read: Read) -> None:
    body = p("Here <draw:frame><draw:object/></draw:frame> is the mass.")
    draft, omitted = read("x.odt", odt(body))
    assert draft.text == "Here is the mass."
    assert isinstance(omitted, Omitted)
    assert omitted.what == "1 embedded object left out"
