"""Rows of CSV and TSV become articles; a broken row costs itself."""

import csv
import datetime
import io

import pytest

from index.formats.limits import MAX_ARTICLE
from index.formats.seed_file import Omitted, Record, Refused
from index.formats.tables import delimited
from index.formats.tables.delimited import read_delimited
from tests.support.builds import Make, counts
from tests.support.reading import Read, only_article, why_refused
from tests.support.seed_streams import seed_of

TEXT = "The keeper counted nine ships before noon and wrote them into his book."
HEADER = "id,title,text,date\n"


def texts(items: list[object]) -> list[str]:
    return [item.text for item in items if hasattr(item, "text")]


def test_a_row_is_an_article(read: Read) -> None:
    content = (
        "url,title,text,date,lang,author,id\n"
        'https://example.org/a,Ships,"Nine ""grey"" ships,\nat last. ",2025-10-28,en,K. Eeper,x1\n'
        ',,"Then, fog.",,,,\n'
    )
    one, two = read("a.csv", content)
    assert (one.id, one.place, one.title) == ("x1", "a.csv#2", "Ships")
    assert one.text == 'Nine "grey" ships,\nat last. '
    assert (one.date, one.language) == (datetime.date(2025, 10, 28), "en")
    assert (one.url, one.author) == ("https://example.org/a", "K. Eeper")
    assert (two.id, two.text, two.title, two.date) == ("a.csv#4", "Then, fog.", None, None)


@pytest.mark.parametrize("delimiter", delimited.DELIMITERS)
@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
def test_the_delimiter_is_found(read: Read, name: str, delimiter: str) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerows([["title", "text"], ["Nine, ten; eleven", f"{TEXT} a,b;c|d\te"]])
    article = only_article(read(name, file.getvalue()))
    assert (article.title, article.text) == ("Nine, ten; eleven", f"{TEXT} a,b;c|d\te")


def test_a_table_of_texts_only(read: Read) -> None:
    assert texts(read("a.csv", 'text\nOne ship.\n"Two, three ships."\n')) == [
        "One ship.", "Two, three ships.",
    ]  # fmt: skip


def test_the_hint_that_excel_writes(read: Read) -> None:
    assert texts(read("a.csv", "sep=|\r\ntitle|text\r\na,b|Nine; ships.\r\n")) == ["Nine; ships."]


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"]
)
def test_encodings_and_byte_order_marks(read: Read, encoding: str) -> None:
    text = "Der Wärter zählte neun Schiffe und schrieb sie in sein Büchlein, größer als früher."
    content = f'"text","date"\r\n"{text}",2025-10-28\r\n"Größere.",\r\n'
    assert texts(read("a.csv", content.encode(encoding))) == [text, "Größere."]


def test_the_sample_that_decides_the_encoding_may_cut_a_character(read: Read) -> None:
    line = f"{TEXT},灯塔看守人数了九艘船\n"
    content = ("text,title\n" + line * 5000).encode()
    assert len(content) > delimited.SAMPLE
    for shift in range(4):
        found = list(read_delimited(seed_of(b"\n" * shift + content, "a.csv")))
        titles = {item.metadata["title"] for item in found if isinstance(item, Record)}
        assert (len(found), titles) == (5000, {"灯塔看守人数了九艘船"})


def test_bytes_of_another_encoding_cost_their_row(read: Read) -> None:
    good = "Größere Schiffe kamen früher.\n"
    data = f"text\n{good * 301}".encode() + b"Gr\xf6\xdfere.\nLast.\n"
    *_, one, bad, last = read("a.csv", data)
    assert (one.text, last.text) == (good.strip(), "Last.")
    assert bad == Refused("a.csv#303", "holds bytes that are not in the encoding of the other rows")


def test_rows_that_are_not_what_the_header_promises(read: Read) -> None:
    found = read(
        "a.csv",
        HEADER + "1,a,One.,\n2,b,Two, shifted.,\n3,c\n\n4,d,,\n5,e,Fi\0ve.,\n6,f,Six.,\n",
    )
    assert texts(found) == ["One.", "Six."]
    assert [item for item in found if isinstance(item, Refused)] == [
        Refused("a.csv#3", "has 5 cells, but the header 4"),
        Refused("a.csv#4", "has 2 cells, but the header 4"),
        Refused("a.csv#6", "its 'text' must be a string with words, not null"),
        Refused("a.csv#7", "its 'text' contains a NUL character"),
    ]


def test_broken_quotes_cost_their_row(read: Read) -> None:
    found = read(
        "a.csv",
        HEADER
        + '1,a,"One.",\n2,b,"Two.,\n3,c,"Three.",\n4,d,"He said "no" twice.",\n'
        + '5,e,"Five\nlines "of" it\nmore",\n6,f,5" pipes,\n7,g,"Seven.,\n',
    )
    assert texts(found) == ["One.", "Three.", '5" pipes']
    refused = [item.place for item in found if isinstance(item, Refused)]
    assert refused == [f"a.csv#{line}" for line in (3, 5, 6, 7, 8, 10)]
    assert "its quotes may be broken" in found[1].why


def test_tabs_without_quoting(read: Read) -> None:
    found = read("a.tsv", 'text\tdate\n"Yes," he said.\t2025-10-28\n"No.\t\n"One\ntwo."\t\n')
    assert texts(found) == ['"Yes," he said.', '"No.', "One\ntwo."]


def test_a_file_of_broken_quotes_ends(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MAX_REREAD", 10)
    found = read("a.csv", "text,title\n" + 'a,"b\nc,d\n' * 9)
    assert found[-1].why == "has broken quotes: the rest is not read"


@pytest.mark.parametrize("cell", ["x" * (MAX_ARTICLE + 1), "line\n" * (MAX_ARTICLE // 5 + 1)])
def test_a_row_of_over_10_mb_costs_itself(read: Read, cell: str) -> None:
    one, bad, last = read("a.csv", f'{HEADER}1,a,One.,\n2,b,"{cell}",\n3,c,Three.,\n')
    assert (one.text, last.text) == ("One.", "Three.")
    assert isinstance(bad, Refused)
    assert bad.why.startswith("is longer than 10 MB, the limit for one article")


def test_a_large_cell_is_read(read: Read) -> None:
    cell = "He counted nine ships. " * 10_000
    (article,) = read("a.csv", f'text\n"{cell}"\n')
    assert article.text == cell


def test_columns_left_out_are_named(read: Read) -> None:
    article, omitted = read("a.csv", f"text,views,section\n{TEXT},3,x\n")
    assert article.text == TEXT
    assert omitted == Omitted("a.csv", 'columns left out: "views", "section"')


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "is empty"),
        ("\n \r\n", "is empty"),
        (b"\x89PNG\r\n" + b"\0\1" * 900, "is not text"),
        (f"lead;views\n{TEXT};3\n", 'only "lead", "views": name the one'),
        ('"lead,text\n' + TEXT, "its quotes are broken"),
    ],
)
def test_what_is_no_table_of_texts(read: Read, content: str | bytes, why: str) -> None:
    assert why in why_refused(read("a.csv", content))


def test_another_column_reads_tables_again_and_stays(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.ingest.seed_files.SETTLED", -(10**18))
    table = f"title,text,lead\nA,{TEXT},Nine ships came.\nB,{TEXT} Fog.,Fog came.\n"
    assert counts(make({"a.csv": table, "b.txt": TEXT})) == (3, 0, 0, 0)
    assert counts(make({}, column="lead")) == (0, 2, 0, 1)
    assert counts(make({})) == (0, 0, 0, 3)
    assert counts(make({"c.csv": "lead\nTwo more ships.\n"})) == (1, 0, 0, 3)
    assert counts(make({}, column="")) == (0, 2, 0, 1 + 1)
