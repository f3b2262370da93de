"""Why the source of an article is not shown."""

from index.errors import ArchiveError

# What each code says to people who have the seeds folder; the page has sentences of its own.
SENTENCES = {
    "gone": "'{}' is no longer in the seeds folder, or its article is no longer in it: look for it "
    "in a backup, or bring the index up to date with  archive-qa build",
    "changed": "'{}' has changed since the build, or this program now reads it otherwise: it no "
    "longer gives the article's text. Bring the index up to date with  archive-qa build",
    "refused": "'{}' is not opened: it is hidden, no regular file, or a link out of the seeds "
    "folder. Copy the file itself into the folder",
    "large": "'{}' is too large to be opened for one article: open it with another program",
    "off": "no seeds folder is known here, so '{}' cannot be opened: name the folder",
}


class SourceError(ArchiveError):
    """The source of an article cannot be shown; `code` is a key of SENTENCES."""

    def __init__(self, code: str, place: str) -> None:
        super().__init__(SENTENCES[code].format(place))
        self.code = code
