"""A budget refuses files that unpack to too much, and says by how much."""

import re
from pathlib import Path

import pytest

from index.formats import limits
from index.formats.limits import ADVICE, Budget, LimitError

ROOT = Path(__file__).parent.parent.parent.parent


def test_spending_adds_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UNPACKED", 3_000_000_000)
    monkeypatch.setattr(limits, "MAX_RATIO", 10**9)
    budget = Budget(100)
    budget.spend(2_000_000_000)
    budget.spend(1_000_000_000)
    with pytest.raises(LimitError, match=re.escape(f"unpacks to more than 3 GB: {ADVICE}")):
        budget.spend(1)


def test_the_ratio_applies_only_from_a_size_on() -> None:
    budget = Budget(1000)
    budget.spend(limits.RATIO_APPLIES_FROM)
    with pytest.raises(LimitError, match=r"more than 200 times its 0\.0 MB, like a zip bomb"):
        budget.spend(1)


def test_a_large_file_may_unpack_to_its_ratio() -> None:
    budget = Budget(1_000_000)
    budget.spend(200_000_000)
    with pytest.raises(LimitError, match=r"more than 200 times its 1\.0 MB"):
        budget.spend(1)


def test_a_declared_size_is_checked_but_not_spent() -> None:
    budget = Budget(1000)
    for _ in range(3):
        budget.check_declared(limits.RATIO_APPLIES_FROM)
    with pytest.raises(LimitError):
        budget.check_declared(limits.RATIO_APPLIES_FROM + 1)
    budget.spend(limits.RATIO_APPLIES_FROM)


def test_members_add_up() -> None:
    budget = Budget(1000)
    budget.count_members(limits.MAX_MEMBERS - 1)
    budget.count_members()
    with pytest.raises(LimitError, match="holds more than 100000 files"):
        budget.count_members()


def test_the_documents_name_every_limit() -> None:
    documents = (ROOT / "README.md", ROOT / "index" / "README.md")
    text = "".join(file.read_text("utf-8") for file in documents if file.exists())
    for figure in (
        f"{limits.MAX_ARTICLE // 1_000_000} MB", f"{limits.MAX_DOCUMENT // 1_000_000} MB",
        f"{limits.MAX_UNPACKED // 1_000_000_000} GB", f"{limits.MAX_RATIO} times",
        f"{limits.MAX_MEMBERS:,} files", f"{limits.MAX_DEPTH} deep",
        f"{limits.MAX_NESTED_ZIP // 1_000_000_000} GB",
    ):  # fmt: skip
        assert figure in text, figure
