"""What becomes of each article of a build, and what is logged of those it replaces."""

from index.ingest.report import BuildReport
from tests.support.scanned import Built


def counts(report: BuildReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.removed, report.unchanged


def test_a_replaced_text_is_logged(built: Built) -> None:
    built({"a.txt": "Fog came.", "b.txt": "Rain."})
    built({"a.txt": "Snow came."})
    built({"a.txt": "Hail came."})
    assert (built.now("a.txt"), built.before("a.txt")) == (
        "Hail came.", ["Snow came.", "Fog came."],
    )  # fmt: skip
    assert built.before("b.txt") == []


def test_an_article_may_return_to_an_earlier_text(built: Built) -> None:
    for text in ("Fog.", "Snow.", "Fog.", "Snow."):
        built({"a.txt": text})
    assert built.before("a.txt") == ["Fog.", "Snow.", "Fog."]


def test_other_metadata_is_no_other_text(built: Built) -> None:
    built({"a.jsonl": '{"id": "a", "text": "Fog.", "title": "One"}'})
    report = built({"a.jsonl": '{"id": "a", "text": "Fog.", "title": "Two"}'})
    assert (counts(report), built.before("a")) == ((0, 1, 0, 0), [])


def test_a_removed_article_is_remembered_and_may_come_back(built: Built) -> None:
    built({"a.txt": "Fog.", "b.txt": "Rain."})
    assert counts(built({"a.txt": None})) == (0, 0, 1, 1)
    assert (built.now("a.txt"), built.before("a.txt")) == (None, ["Fog."])
    built({"a.txt": "Fog."})
    assert built.before("a.txt") == ["Fog."]
    built({"a.txt": "Snow."})
    assert built.before("a.txt") == ["Fog.", "Fog."]


def test_a_renamed_file_is_no_version(built: Built) -> None:
    built({"a.txt": "Fog.", "b.txt": "Rain."})
    built({"a.txt": None, "c.txt": "Fog."})
    assert built.before("a.txt") == built.before("c.txt") == []


def test_ids_that_differ_by_case_are_two(built: Built) -> None:
    built({"a.jsonl": [("x", None, "Fog."), ("X", None, "Rain.")]})
    built({"a.jsonl": [("x", None, "Snow."), ("X", None, "Rain.")]})
    assert (built.before("x"), built.before("X")) == (["Fog."], [])


def test_an_id_that_moved_to_another_file_is_the_same_article(built: Built) -> None:
    built({"a.jsonl": [("x", None, "Fog.")], "b.jsonl": [("y", None, "Rain.")]})
    built({"a.jsonl": [("z", None, "Hail.")], "b.jsonl": [("x", None, "Snow.")]})
    assert (built.now("x"), built.before("x")) == ("Snow.", ["Fog."])
