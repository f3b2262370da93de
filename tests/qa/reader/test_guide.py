"""The mark of questions that ask for a clause."""

from qa.reader.guide import CLAUSE_MARK, ask_for_clause


def test_the_mark_precedes_the_question() -> None:
    assert ask_for_clause("Why?") == CLAUSE_MARK + "Why?"
