"""Several archives in places of one kind or of both."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from index.article import Article
from tests.support.fakes import FakeEncoder
from tests.support.several import Opened, opened
from tests.support.written import WrittenIndex

Several = Callable[..., Opened]


@pytest.fixture
def several(tmp_path: Path, encoder: FakeEncoder) -> Several:
    """Publish articles in archives by name; return them open, with their places."""

    def publish(**archives: Sequence[Article]) -> Opened:
        places = {name: str(tmp_path / name) for name in archives}
        for name, articles in archives.items():
            WrittenIndex(places[name], encoder).publish(*articles)
        return opened(places)

    return publish


@pytest.fixture(params=["folders", "mixed"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """Places of two archives: two folders, or a folder and a database."""
    old = str(tmp_path / "old")
    if request.param == "mixed":
        old = str(request.getfixturevalue("address"))
    return {"news": str(tmp_path / "news"), "old": old}
