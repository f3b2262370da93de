"""What a program imports before it can do its work: seconds for whoever waits for one answer."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
# each costs from a tenth of a second to several, and asking needs none of them
HEAVY = ("gradio", "sentence_transformers", "transformers", "sklearn", "scipy", "pandas")
READING = ("trafilatura", "lxml", "warcio", "pypdf", "docx", "feedparser", "markdown_it")
ASK = """
import sys
from qa.__main__ import main
status = main([sys.argv[2], "--index", sys.argv[1]])
print(status, *sorted(name for name in sys.modules if "." not in name))
"""


def modules(code: str, *arguments: str) -> list[str]:
    """What `code` prints last, in a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, *arguments],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.splitlines()[-1].split()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An index with the bundled encoder's vectors, built where the imports do not count."""
    from index import build

    seeds = tmp_path_factory.mktemp("seeds")
    (seeds / "ferry.txt").write_text("The ferry to Norrsund sails every morning at nine in May.")
    build(seeds, seeds.parent / "asked")
    return str(seeds.parent / "asked")


def test_an_answer_imports_no_more_than_it_needs(index: str) -> None:
    status, *imported = modules(ASK, index, "When does the ferry sail?")
    assert status in "01"
    assert not {*HEAVY, *READING} & {*imported}
    assert {"torch", "faiss", "tokenizers"} <= {*imported}


def test_a_refused_option_waits_for_no_model(index: str) -> None:
    code = "import sys, qa.__main__; print(*sys.modules)"
    assert "torch" not in modules(code)
