"""Every word that Word shows is read, in order, and no other."""

import pytest

from index.formats.documents.docx_body import Body
from tests.support.word_markup import cell, element, paragraph, run

NAME = "Marta Lind"
BEGIN, SEPARATE, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def box(*content: str) -> str:
    return f"<w:txbxContent>{''.join(content)}</w:txbxContent>"


def read(markup: str) -> tuple[list[str], dict[str, int]]:
    body = Body()
    return list(body.blocks(element(markup))), dict(body.omitted)


WRAPPERS = [
    "<w:ins>{}</w:ins>",
    "<w:moveTo>{}</w:moveTo>",
    '<w:smartTag w:element="name">{}</w:smartTag>',
    "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
    '<w:fldSimple w:instr="AUTHOR">{}</w:fldSimple>',
    "<w:customXml>{}</w:customXml>",
    "<w:bdo>{}</w:bdo>",
    "<w:dir>{}</w:dir>",
    "<w:hyperlink>{}</w:hyperlink>",
    "<mc:AlternateContent><mc:Choice>{}</mc:Choice></mc:AlternateContent>",
    "<mc:AlternateContent><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>",
    "<w:unknown>{}</w:unknown>",
    "<w:ins><w:sdt><w:sdtContent><w:smartTag>{}</w:smartTag></w:sdtContent></w:sdt></w:ins>",
    f"{BEGIN}{code('REF name')}{SEPARATE}{{}}{END}",
    f"{BEGIN}{code('IF ')}{BEGIN}{code('REF a')}{SEPARATE}{run('no')}{END}{SEPARATE}{{}}{END}",
]
DELETED = [
    "<w:del>{}</w:del>",
    "<w:moveFrom>{}</w:moveFrom>",
    "<w:ins><w:del>{}</w:del></w:ins>",
    "<w:del><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt></w:del>",
]
BLOCK_WRAPPERS = [wrapper for wrapper in WRAPPERS if "fld" not in wrapper]


@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_words_in_a_wrapper_within_a_sentence(wrapper: str) -> None:
    markup = paragraph("The chair is ", wrapper.format(run(NAME)), ", who spoke.")
    assert read(markup) == ([f"The chair is {NAME}, who spoke."], {})


@pytest.mark.parametrize("wrapper", DELETED)
def test_deleted_words_are_not_read(wrapper: str) -> None:
    markup = paragraph("The chair is ", wrapper.format(run("Pieter Vos")), run(NAME), ".")
    assert read(markup) == ([f"The chair is {NAME}."], {})
    markup = paragraph("One.") + wrapper.format(paragraph("Two.")) + paragraph("Three.")
    assert read(markup) == (["One.", "Three."], {})


@pytest.mark.parametrize("wrapper", BLOCK_WRAPPERS)
def test_blocks_rows_and_cells_in_a_wrapper(wrapper: str) -> None:
    one, two = cell(paragraph("Port")), cell(paragraph(NAME))
    for table in (
        wrapper.format(f"<w:tbl><w:tr>{one}{two}</w:tr></w:tbl>"),
        f"<w:tbl>{wrapper.format(f'<w:tr>{one}{two}</w:tr>')}</w:tbl>",
        f"<w:tbl><w:tr>{one}{wrapper.format(two)}</w:tr></w:tbl>",
        f"<w:tbl><w:tr>{one}{cell(wrapper.format(paragraph(NAME)))}</w:tr></w:tbl>",
        f"<w:tbl><w:tr>{one}{cell(paragraph(wrapper.format(run(NAME))))}</w:tr></w:tbl>",
    ):
        markup = paragraph("Before.") + table + paragraph("After.")
        assert read(markup) == (["Before.", f"Port | {NAME}", "After."], {})


def test_deleted_rows_and_cells_are_not_read() -> None:
    row = "<w:tr><w:trPr>{}</w:trPr>{}{}</w:tr>"
    kept = row.format("<w:ins/>", cell(paragraph("a")), cell(paragraph("b")))
    gone = row.format("<w:del/>", cell(paragraph("c")), cell(paragraph("d")))
    half = row.format("", cell(paragraph("e")), cell(paragraph("f"), properties="<w:cellDel/>"))
    assert read(f"<w:tbl>{kept}{gone}{half}</w:tbl>") == (["a | b", "e"], {})


def test_a_cell_that_spans_rows_is_read_in_each() -> None:
    top = cell(paragraph("North"), properties='<w:vMerge w:val="restart"/>')
    below = cell(paragraph(), properties="<w:vMerge/>")
    wide = cell(paragraph("all"), properties='<w:gridSpan w:val="2"/>')
    rows = (top + cell(paragraph("310")), below + cell(paragraph("342")), wide)
    markup = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    assert read(f"<w:tbl>{markup}</w:tbl>")[0] == ["North | 310", "North | 342", "all"]


def test_a_deleted_paragraph_mark_joins_paragraphs() -> None:
    deleted = "<w:rPr><w:del/></w:rPr>"
    markup = paragraph("The council ", properties=deleted) + paragraph("met.") + paragraph("End.")
    assert read(markup)[0] == ["The council met.", "End."]


@pytest.mark.parametrize(
    "shape",
    [
        "<w:r><w:pict><v:shape><v:textbox>{}</v:textbox></v:shape></w:pict></w:r>",
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{0}</wps:txbx></w:drawing>"
        "</mc:Choice><mc:Fallback><w:pict>{0}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
    ],
)
def test_a_text_box_is_read_once_after_its_paragraph(shape: str) -> None:
    table = f"<w:tbl><w:tr>{cell(paragraph('a'))}{cell(paragraph('b'))}</w:tr></w:tbl>"
    inner = box(
        paragraph("The owner is Rosa."), table, paragraph(shape.format(box(paragraph("c"))))
    )
    markup = paragraph("The bakery ", shape.format(inner), "will close.") + paragraph("End.")
    assert read(markup)[0] == ["The bakery will close.", "The owner is Rosa.", "a | b", "c", "End."]
    assert read(f"<w:tbl><w:tr>{cell(markup)}</w:tr></w:tbl>")[0] == [
        "The bakery will close. The owner is Rosa. a | b c End."
    ]


def test_drawn_words() -> None:
    drawn = "<a:txBody><a:p><a:r><a:t>On the map</a:t></a:r></a:p></a:txBody>"
    art = '<w:r><w:pict><v:shape><v:textpath string="Grand Opening"/></v:shape></w:pict></w:r>'
    assert read(paragraph("See:", f"<w:r><w:drawing>{drawn}</w:drawing></w:r>"))[0] == [
        "See:",
        "On the map",
    ]
    assert read(paragraph(art))[0] == ["Grand Opening"]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a\tb\nc"),
        ("<w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t></w:r>", "co-op"),
        ("<w:r><w:t>har</w:t><w:softHyphen/><w:t>bour</w:t></w:r>", "harbour"),
        (run("10") + run("6", '<w:vertAlign w:val="superscript"/>'), "10^6"),
        (
            run("10") + '<w:proofErr w:type="x"/>' + run("6", '<w:vertAlign w:val="superscript"/>'),
            "10^6",
        ),
        (
            run("10") + "<w:ins>" + run("6", '<w:vertAlign w:val="superscript"/>') + "</w:ins>",
            "10^6",
        ),
        (run("5") + run("th", '<w:vertAlign w:val="superscript"/>'), "5th"),
        (run("CO") + run("2", '<w:vertAlign w:val="subscript"/>'), "CO2"),
        (run("a") + run("b", '<w:vanish w:val="0"/>'), "ab"),
        ('<w:r><w:t>5 </w:t><w:sym w:font="Symbol" w:char="F06D"/><w:t>m</w:t></w:r>', "5 μm"),
    ],
)
def test_special_characters(content: str, text: str) -> None:
    assert read(paragraph(content)) == ([text], {})


def test_many_superscripts_take_linear_time() -> None:
    power = run(" 10") + run("6", '<w:vertAlign w:val="superscript"/>')
    assert read(paragraph(power * 2_500)) == ([" ".join(["10^6"] * 2_500)], {})


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (run("secret", "<w:vanish/>"), "hidden text"),
        ("<w:r><w:drawing><c:chart/></w:drawing></w:r>", "chart"),
        ("<w:r><w:object><o:OLEObject/></w:object></w:r>", "embedded object"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>', "symbol"),
        ('<w:r><w:commentReference w:id="1"/></w:r>', "comment"),
        (BEGIN + code(r"EQ \o(a,b)") + END, "formula field"),
        ("<w:r><w:ruby><w:rt>" + run("rt") + "</w:rt></w:ruby></w:r>", "reading aid"),
    ],
)
def test_what_cannot_be_read_is_counted(content: str, what: str) -> None:
    assert read(paragraph("Nine", content, " ships.")) == (["Nine ships."], {what: 1})
    assert read("<w:altChunk/>") == ([], {"embedded document": 1})


def test_ruby_gives_its_base() -> None:
    ruby = "<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>"
    markup = paragraph(ruby.format(run("とうきょう"), run("東京")), "へ行く。")
    assert read(markup)[0] == ["東京へ行く。"]


def test_a_field_without_an_end_hides_only_its_own_paragraph() -> None:
    markup = paragraph(BEGIN, code("PAGE"), run("x")) + paragraph("After.")
    assert read(markup)[0] == ["After."]


def test_notes_are_collected_unless_their_reference_is_deleted() -> None:
    body = Body()
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    markup = paragraph(
        "a", reference.format(7), f"<w:del>{reference.format(8)}</w:del>", reference.format(2)
    )
    assert list(body.blocks(element(markup))) == ["a"]
    assert list(body.notes) == [("footnote", "7"), ("footnote", "2")]
