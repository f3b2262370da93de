"""Check a question before anything is computed for it."""

from index.errors import ArchiveError

MAX_QUESTION_LENGTH = 2000  # characters


def check_question(question: str) -> str:
    """Return the question without surrounding white space.

    Raises ArchiveError if it is empty, longer than MAX_QUESTION_LENGTH, or not encodable as UTF-8.
    """
    question = question.strip()
    if not question:
        raise ArchiveError("the question is empty: ask something")
    if len(question) > MAX_QUESTION_LENGTH:
        raise ArchiveError(
            f"the question has {len(question):,} characters, more than the limit of "
            f"{MAX_QUESTION_LENGTH:,}: shorten it"
        )
    try:
        question.encode()
    except UnicodeEncodeError as error:
        raise ArchiveError(
            f"the question is not text ({error.reason} at offset {error.start}): "
            "remove that character"
        ) from None
    return question
