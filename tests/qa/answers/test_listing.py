"""The items of an answer, cited and merged over articles."""

from collections.abc import Sequence

import pytest

from qa.answers.answering import Answer, answer_from_span
from qa.answers.listing import MAX_ITEMS, Sources, with_items
from qa.lists.forms import list_form
from qa.reader.spans import Span
from qa.retrieval.retriever import Hit
from tests.support.hits import make_hit

QUESTION = "Which countries did Arvola visit?"


def listed(question: str, marked: Sequence[tuple[Hit, str]]) -> Answer:
    """Return the answer of the first marked text, with the items of all."""
    hits = list(dict.fromkeys(hit for hit, _ in marked))
    spans = []
    for hit, words in marked:
        start = hit.passage.text.index(words)
        spans.append(Span(hits.index(hit), start, start + len(words), 9.0, 0.9))
    form = list_form(question)
    assert form is not None
    answer = answer_from_span(question, spans[0], hits, hits, 0.5)
    answer = with_items(answer, form, question, spans, Sources(hits, hits))
    texts = {hit.article.id: hit.article.text for hit in hits}
    for item in answer.items:
        cited = item.citations[0]
        assert texts[cited.article_id][item.start : item.end] == item.text
        assert cited.start <= item.start < item.end <= cited.end
        for citation in item.citations:
            assert texts[citation.article_id][citation.start : citation.end] == citation.text
    return answer


def found(question: str, *marked: tuple[Hit, str]) -> list[tuple[str, list[str]]]:
    answer = listed(question, marked)
    return [
        (i.text, [c.article_id.removesuffix(".txt") for c in i.citations]) for i in answer.items
    ]


FIRST = make_hit("It rained. Arvola will visit Chile and Peru.", article_id="a.txt")


def test_one_sentence() -> None:
    answer = listed(QUESTION, [(FIRST, "Chile")])
    assert [item.text for item in answer.items] == ["Chile", "Peru"]
    assert answer.text == "Chile and Peru"
    assert answer.start == FIRST.article.text.index("Chile")


def test_several_articles_each_name_once() -> None:
    first = make_hit("Arvola visited Chile and Peru.", article_id="a.txt")
    second = make_hit("Arvola did visit Brazil and Chile.", article_id="b.txt")
    assert found(QUESTION, (first, "Chile and Peru"), (second, "Brazil and Chile")) == [
        ("Chile", ["a", "b"]), ("Peru", ["a"]), ("Brazil", ["b"]),
    ]  # fmt: skip


def test_short_and_full_form_are_one_item() -> None:
    first = make_hit("Unibank and Vale paid Arvola's visit.", article_id="a.txt")
    second = make_hit("Unibank Group and Hearst paid for Arvola's visit.", article_id="b.txt")
    banks = found(
        "Which banks paid Arvola's visit?",
        (first, "Unibank and Vale"),
        (second, "Unibank Group and Hearst"),
    )
    assert banks == [("Unibank", ["a", "b"]), ("Vale", ["a"]), ("Hearst", ["b"])]


@pytest.mark.parametrize(
    "other",
    [
        "Smith went to Brazil.",  # about somebody else
        "Arvola did not visit Brazil.",  # a denial
        "Arvola was expected to visit Brazil.",  # a plan
        "阿尔沃拉 Arvola visit 访问了 Brazil 巴西和智利以及其他许多国家。",  # another script
    ],
)
def test_what_another_sentence_says_of_something_else_is_left_out(other: str) -> None:
    first = make_hit("Arvola visited Chile and Peru.", article_id="a.txt")
    second = make_hit(other, article_id="b.txt")
    items = found(QUESTION, (first, "Chile and Peru"), (second, "Brazil"))
    assert [text for text, _ in items] == ["Chile", "Peru"]


def test_earlier_sentences_come_first() -> None:
    hit = make_hit("Arvola visited Brazil. Arvola visited Chile and Peru.")
    items = found(QUESTION, (hit, "Chile and Peru"), (hit, "Brazil"))
    assert [text for text, _ in items] == ["Brazil", "Chile", "Peru"]


def test_a_single_item_is_no_list() -> None:
    hit = make_hit("Arvola visited Chile.")
    answer = listed(QUESTION, [(hit, "Chile")])
    assert answer.items == ()
    assert answer.text == "Chile"


def test_lines_of_a_list_are_cited_together() -> None:
    text = "Countries that Arvola did visit:\n- Chile\n- Peru\n\nIt rained."
    hit = make_hit("- Chile", within=text)
    (chile, peru) = listed(QUESTION, [(hit, "Chile")]).items
    assert (chile.text, peru.text) == ("Chile", "Peru")
    assert chile.citations[0].text == "- Chile\n- Peru"


def test_a_question_for_one_person_or_several_gains_nothing() -> None:
    hit = make_hit("Ann Lee, Bo Ray and Cy Fox met Arvola.")
    assert listed("Who met Arvola?", [(hit, "Ann Lee")]).items == ()
    answer = listed("Who met Arvola?", [(hit, "Ann Lee, Bo Ray and Cy Fox met")])
    assert [item.text for item in answer.items][:2] == ["Ann Lee", "Bo Ray"]
    assert answer.text == "Ann Lee, Bo Ray and Cy Fox met"


def test_a_number_stays_the_answer() -> None:
    hit = make_hit("Three states did: Mongolia, Nepal and Laos.")
    answer = listed("How many states did?", [(hit, "Three")])
    assert answer.text == "Three"
    assert [item.text for item in answer.items] == ["Mongolia", "Nepal", "Laos"]


def test_long_lists_end() -> None:
    text = "Countries that Arvola did visit:\n" + "\n".join(f"- Land {n}" for n in range(200))
    hit = make_hit(text)
    assert len(listed(QUESTION, [(hit, "Land 7")]).items) == MAX_ITEMS
