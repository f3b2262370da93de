"""What only recurs at the edges of pages is removed; what states something stays."""

import pytest

from index.formats.documents.running_lines import MAX_LINES, without_running_lines

BODY = [f"The keeper counted {word} ships" for word in ("one", "two", "six", "ten", "few", "no")]


def around(above: list[str], below: list[str] | None = None) -> list[list[str]]:
    """Pages with these lines (a "/" breaks one) above and below a line of their own."""
    below = below or [""] * len(above)
    return [
        [line for line in (*top.split("/"), body, *bottom.split("/")) if line]
        for top, body, bottom in zip(above, BODY, below, strict=False)
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["The Harbour Gazette"] * 4,
        ["The Harbour Gazette/3 March 2025"] * 4,  # two lines, and a day that does not change
        ["The Harbour Gazette", "Chapter One"] * 3,
        ["The Harbour Gazette/Our town", "Chapter One/The fog"] * 3,
        ["", *["The Harbour Gazette"] * 3],
        [str(n) for n in range(7, 11)],
        [f"Page {n} of 4" for n in range(1, 5)],
        [f"Seite {n}" for n in range(3, 9)],
        ["vii", "viii", "ix", "x"],
        [f"The Harbour Gazette\t{n}" for n in range(1, 5)],
        [f"{n} | The Harbour Gazette" for n in range(1, 5)],
        [f"The Harbour Gazette, page {n}" for n in range(1, 5)],
        [f"{n}\tThe Harbour Gazette" if n % 2 else f"Chapter One\t{n}" for n in range(1, 7)],
        ["Page 1 of 2", "Page 2 of 2"],
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_running_lines_are_removed(lines: list[str], above: bool) -> None:
    upside_down = ["/".join(reversed(line.split("/"))) for line in lines]
    pages = around(lines) if above else around([""] * len(lines), upside_down)
    kept, removed = without_running_lines(pages)
    assert kept == [[line] for line in BODY[: len(lines)]]
    assert not any(
        character.isdigit() and "March" not in text for text in removed for character in text
    )


@pytest.mark.parametrize(
    "lines",
    [
        [f"Revenue in {2021 + n} was {310 + 7 * n * n} million kroner." for n in range(4)],
        [f"Revenue rose in {2021 + n}." for n in range(4)],
        [f"{n} March 2025" for n in (3, 10, 17, 24)],
        [f"Turnout {n}%" for n in (61, 55, 70, 48)],
        [f"Ward {n}" for n in range(1, 5)],
        [f"Note {n}" for n in range(4)],
        ["310", "342", "295", "401"],
        ["The Fog", "The Ferry", "The Ice", "The Boat"],
        ["The Harbour Gazette", "The Harbour Gazette", "The Fog", "The Ice", "The Boat"],
        ["The Harbour Gazette"] * 2,
        [f"Question {n}" for n in range(1, 5)],
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_lines_that_state_something_stay(lines: list[str], above: bool) -> None:
    pages = around(lines) if above else around([""] * len(lines), lines)
    assert without_running_lines(pages) == (pages, [])


def test_a_sentence_that_recurs_is_kept_once_in_a_paragraph_of_its_own() -> None:
    sentence = "Votes were counted twice by the clerks."
    pages, removed = without_running_lines(around([sentence] * 4))
    assert pages == [[sentence, "", BODY[0]], *[[body] for body in BODY[1:4]]]
    pages, removed = without_running_lines(around([""] * 4, [sentence] * 4))
    assert pages == [*[[body] for body in BODY[:3]], [BODY[3], "", sentence]]
    assert removed == []


def test_the_body_of_pages_that_share_much_text_is_kept() -> None:
    page = [
        "The keeper counted nine ships before noon and wrote them",
        "into his book on the",
        "shelf",
    ]
    assert without_running_lines([page] * 4) == ([page] * 4, [])


def test_what_is_removed_is_named_once() -> None:
    lines = [f"The Gazette\t{n}/Oslo, in May" for n in range(1, 5)]
    assert without_running_lines(around(lines))[1] == ["The Gazette", "Oslo, in May"]


def test_no_more_than_some_lines_are_removed() -> None:
    words = ["Top", "All", "Many", "Few", "End", "Last"]
    pages = [[*words, BODY[0], *words]] * 4
    [page, *_], removed = without_running_lines(pages)
    assert (MAX_LINES, sorted(removed)) == (4, sorted(words))
    assert page == [*words[4:], BODY[0], *words[:2]]


def test_pages_without_lines() -> None:
    assert without_running_lines([]) == ([], [])
    assert without_running_lines([[], ["a"], []]) == ([[], ["a"], []], [])
