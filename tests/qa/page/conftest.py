"""Pages to test: one that all tests share, and one to change."""

import gc
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.gradio_pages import Page, build_page


@pytest.fixture(scope="session")
def chat_page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """A page that tests share and must not change."""
    return build_page(tmp_path_factory.mktemp("page"))


@pytest.fixture
def own_page(tmp_path: Path) -> Page:
    """A page over seeds and an index of its own."""
    return build_page(tmp_path)


@pytest.fixture(scope="module", autouse=True)
def _collect_what_gradio_leaves_open() -> Iterator[None]:
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()  # here, so that no other test gets the warning
