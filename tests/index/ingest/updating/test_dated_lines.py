"""Lines of one file with one id and different days: the newest is the article."""

import itertools
import random
import zipfile
from itertools import pairwise
from operator import eq, gt
from pathlib import Path

import pytest

from index.ingest.report import BuildReport
from index.store.base.digest import of_text
from index.store.base.versions import MAX_TEXTS, count_differing
from index.store.doors import open_store
from tests.support.fakes import FakeEncoder
from tests.support.scanned import Built, Line
from tests.support.written import WrittenIndex, article

OLD, MID, NEW = (
    ("x", "2026-11-01", "Fog."),
    ("x", "2026-11-02", "Rain."),
    ("x", "2026-11-03", "Ice."),
)
OTHER: Line = ("y", None, "Hail.")


def counts(report: BuildReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.removed, report.unchanged


@pytest.mark.parametrize("lines", [[OLD, MID, NEW], [NEW, MID, OLD], [MID, NEW, OLD, MID]])
def test_the_newest_line_is_the_article(built: Built, lines: list[Line]) -> None:
    report = built({"a.jsonl": [*lines, OTHER]})
    assert (counts(report), report.skipped) == ((2, 0, 0, 0), [])
    assert (built.now("x"), built.before("x")) == ("Ice.", ["Rain.", "Fog."])
    generation = built.generation()
    report = built({"a.jsonl": [*lines, OTHER]})  # touched
    assert (counts(report), built.generation()) == ((0, 0, 0, 2), generation)
    report = built({"a.jsonl": [*lines, ("y", None, "Sun.")]})
    assert (counts(report), built.before("x")) == ((0, 1, 0, 1), ["Rain.", "Fog."])


def test_lines_that_come_later_are_newer(built: Built) -> None:
    built({"a.jsonl": [OLD]})
    report = built({"a.jsonl": [OLD, NEW]})
    assert (counts(report), built.now("x"), built.before("x")) == ((0, 1, 0, 0), "Ice.", ["Fog."])
    report = built({"a.jsonl": [OLD, MID, NEW]})
    assert (counts(report), built.before("x")) == ((0, 0, 0, 1), ["Rain.", "Fog."])
    edited = "x", "2026-11-03", "Ice and snow."
    built({"a.jsonl": [OLD, MID, edited]})
    assert built.before("x") == ["Ice.", "Rain.", "Fog."]


def test_without_its_newest_line_an_article_is_what_the_others_say(built: Built) -> None:
    built({"a.jsonl": [OLD, MID, NEW]})
    report = built({"a.jsonl": [OLD, MID]})
    assert (counts(report), built.now("x")) == ((0, 1, 0, 0), "Rain.")
    assert built.before("x")[0] == "Ice."


def test_a_newest_line_that_cannot_be_read_any_more_is_kept(built: Built) -> None:
    lines = '{"id": "x", "date": "2026-11-01", "text": "Fog."}\n'
    built({"a.jsonl": lines + '{"id": "x", "date": "2026-11-03", "text": "Ice."}'})
    built({"a.jsonl": lines + '{"id": "x", "date": "2026-11-03", "text": '})
    assert (built.now("x"), built.before("x")) == ("Ice.", ["Fog."])


@pytest.mark.parametrize("second", [("x", None, "Rain."), ("x", "2026-11-03", "Rain.")])
def test_without_different_days_the_second_line_is_skipped(built: Built, second: Line) -> None:
    report = built({"a.jsonl": [NEW, second]})
    assert report.skipped == [("a.jsonl#2", "its id 'x' is already that of an article in a.jsonl")]
    assert (built.now("x"), built.before("x")) == ("Ice.", [])
    report = built({"a.jsonl": [OLD, second, NEW]})
    assert [place for place, _ in report.skipped] == (["a.jsonl#2"] if second[1] is None else
                                                      ["a.jsonl#3"])  # fmt: skip


def test_in_another_file_the_second_is_skipped(built: Built) -> None:
    report = built({"a.jsonl": [OLD], "b.jsonl": [NEW]})
    assert [place for place, _ in report.skipped] == ["b.jsonl#1"]
    assert (built.now("x"), built.before("x")) == ("Fog.", [])


def packed(seeds: Path, tables: dict[str, str]) -> None:
    with zipfile.ZipFile(seeds / "a.zip", "w") as file:
        for name, text in tables.items():
            file.writestr(name, text)


def test_in_another_member_of_an_archive_the_second_is_skipped(built: Built, seeds: Path) -> None:
    def members(lines: tuple[Line, ...]) -> dict[str, str]:
        form = '{{"id": "{}", "date": "{}", "text": "{}"}}'
        return {f"{n}.jsonl": form.format(*line) for n, line in enumerate(lines)}

    packed(seeds, members((NEW, OLD, MID)))
    why = "its id 'x' is already that of an article in a.zip"
    for _ in range(2):
        report = built({})
        assert report.skipped == [("a.zip#1.jsonl#1", why), ("a.zip#2.jsonl#1", why)]
        assert (built.now("x"), built.before("x")) == ("Ice.", [])
    packed(seeds, members((OLD, NEW)))
    assert built({}).skipped == [("a.zip#1.jsonl#1", why)]
    assert built.now("x") == "Fog."


def test_lines_that_are_earlier_versions_are_counted(built: Built) -> None:
    def partly(lines: list[Line]) -> list[tuple[str, str]]:
        return built({"a.jsonl": lines}).partly_read

    assert partly([OLD, OTHER]) == []
    once = "one line is an earlier version of the article 'x'"
    assert (
        partly([OLD, NEW]) == partly([NEW, OLD]) == partly([OLD, NEW, OTHER]) == [("a.jsonl", once)]
    )
    y = [("y", "2026-11-01", "Hail."), ("y", "2026-11-02", "Sun.")]
    three = "3 lines are earlier versions of 2 articles, such as 'x'"
    assert partly([NEW, OLD, MID, *y]) == [("a.jsonl", three)]


def test_rows_of_a_table_that_are_earlier_versions_are_counted(built: Built) -> None:
    rows = [f"x,{day},{text} It was so all day at the harbour." for _, day, text in (OLD, NEW, MID)]
    report = built({"a.csv": "\n".join(["id,date,text", *rows])})
    assert report.partly_read == [("a.csv", "2 lines are earlier versions of the article 'x'")]
    assert (built.now("x") or "").startswith("Ice.")


def test_lines_with_one_text_are_one_version(built: Built) -> None:
    built({"a.jsonl": [OLD, ("x", "2026-11-05", "Fog.")]})
    assert (built.now("x"), built.before("x")) == ("Fog.", [])


def test_steps_end_where_a_build_from_scratch_does(
    built: Built, tmp_path: Path, encoder: FakeEncoder, seeds: Path
) -> None:
    """Whatever lines come and go: the same article, the same skips."""
    lines: list[Line] = [OLD, MID, NEW, ("x", None, "No day."), ("x", "2026-11-02", "Sleet.")]
    orders = [o for n in (1, 2, 3) for o in itertools.permutations(lines, n)]
    for number, order in enumerate(orders[::3]):
        report = built({"a.jsonl": [*order, OTHER]})
        scratch = Built(seeds, WrittenIndex(str(tmp_path / f"scratch{number}"), encoder))
        expected = scratch({})
        assert (built.now("x"), report.skipped) == (scratch.now("x"), expected.skipped), order


def test_texts_of_many_lines_are_bounded(built: Built) -> None:
    days = [f"{2000 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}" for n in range(300)]
    built({"a.jsonl": [("x", day, f"Text {day}.") for day in days]})
    assert built.now("x") == f"Text {days[-1]}."
    found = built.before("x")
    assert found[0] == f"Text {days[-2]}."
    assert len(found) == 299
    assert sum(text is not None for text in found) == MAX_TEXTS


def test_waiting_lines_are_bounded(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.ingest.updating.dated_lines.MAX_WAITING", 1)
    names = "abc"
    early = [(name, "2026-11-01", f"Fog {name}.") for name in names]
    late = [(name, "2026-11-02", f"Ice {name}.") for name in names]
    built({"a.jsonl": [*early, *late]})
    built({"a.jsonl": [*early, *late, OTHER]})
    assert [built.now(name) for name in names] == [f"Ice {name}." for name in names]
    assert [built.before(name) for name in names] == [[f"Fog {name}."] for name in names]


def test_an_older_line_that_comes_later_takes_its_place(built: Built) -> None:
    built({"a.jsonl": [OLD, NEW]})
    built({"a.jsonl": [OLD, NEW, ("x", "2026-11-09", "Snow.")]})
    built({"a.jsonl": [OLD, NEW, ("x", "2026-11-09", "Snow."), MID]})
    assert (built.now("x"), built.before("x")) == ("Snow.", ["Ice.", "Rain.", "Fog."])
    generation = built.generation()
    built({"a.jsonl": [MID, ("x", "2026-11-09", "Snow."), NEW, OLD]})
    assert (built.before("x"), built.generation()) == (["Ice.", "Rain.", "Fog."], generation)


def test_the_same_text_on_many_days_is_one_version_and_no_news(built: Built) -> None:
    lines: list[Line] = [("x", f"2026-11-{day:02}", "Fog.") for day in range(1, 29)]
    built({"a.jsonl": [*lines, ("x", "2026-11-29", "Snow.")]})
    assert built.before("x") == ["Fog."]
    generation = built.generation()
    built({"a.jsonl": [("x", "2026-11-29", "Snow."), *lines]})
    assert (built.before("x"), built.generation()) == (["Fog."], generation)


def test_random_files_of_lines(built: Built) -> None:
    """Days in order, no repeated line, each difference with the neighbour, no line missing."""
    chance = random.Random(17)
    for _ in range(40):
        days = chance.sample(range(1, 10), chance.randint(1, 6))
        lines = [
            (f"2026-11-0{day}", " ".join(chance.choices(["Fog.", "Ice.", "Sun."], k=2)))
            for day in days
        ]
        built({"a.jsonl": [("x", *line) for line in lines]})
        with open_store(built.index.where).snapshot() as snapshot:
            now, found = snapshot.article("x"), snapshot.versions("x")
        assert now is not None
        assert (str(now.date), now.text) == max(lines)
        assert [v.stated for v in found] == sorted((v.stated for v in found), reverse=True)
        digests = [of_text(now.text).hex(), *(version.digest for version in found)]
        texts = [now.text, *(version.text for version in found)]
        for (newer, after), (later, earlier), version in zip(
            pairwise(digests), pairwise(texts), found, strict=True
        ):
            assert not (version.line and newer == after)
            if later is not None and earlier is not None:
                expected = count_differing(article("x", earlier), article("x", later))
                assert version.sentences == expected
        stated = {(str(version.date), version.digest) for version in found if version.line}
        for day, text in sorted(lines)[:-1]:
            digest = of_text(text).hex()
            newer, of_day = (sum(test(str(v.stated), day) for v in found) for test in (gt, eq))
            beside = digests[newer : newer + of_day + 1]
            assert (day, digest) in stated or digest in beside, (day, text)
