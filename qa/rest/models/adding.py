"""Files that are added, and what a build did."""

from pydantic import BaseModel, Field

from .values import Request

MAX_FILE_NAME = 300  # characters


class FileQuery(Request):
    """The name of a file that is sent."""

    name: str = Field(
        min_length=1,
        max_length=MAX_FILE_NAME,
        description="Its ending says what it is. Never a path: only its last part is used.",
        examples=["notes.txt"],
    )


class Added(BaseModel):
    """That a file was added; a build has still to read it."""

    saved_as: str = Field(description="Its name in the seeds folder.")


class FileProblem(BaseModel):
    """A file that was not read, or not all of it."""

    file: str
    why: str


class BuildReport(BaseModel):
    """What a build did: counts of articles, and every file that was left out."""

    added: int
    changed: int
    removed: int
    unchanged: int
    passages: int
    seconds: float
    skipped: list[FileProblem]
    partly_read: list[FileProblem]
