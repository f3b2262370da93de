"""The mark that tells the reader how much text an answer should span.

Annotators are told to mark a phrase in most data sets and a whole clause in some. The reader is
trained with a mark before the questions of the latter.
"""

CLAUSE_MARK = "clause: "


def ask_for_clause(question: str) -> str:
    """Mark a question, so that the answer is a clause rather than a phrase.

    >>> ask_for_clause("Why did they leave?")
    'clause: Why did they leave?'
    """
    return CLAUSE_MARK + question
