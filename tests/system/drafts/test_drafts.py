"""Sixty drafts with planted errors over twelve small archives, all of them in one index.

`dev.toml` and `kept.toml` have 30 drafts each, written for this purpose before the rules. The rules
were made on `dev`; `kept` was looked at once. `pytest -s tests/system/drafts` prints the table of
`qa/drafts/README.md`.
"""

import json
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from index import build
from index.store.base.protocol import Store
from index.store.base.search_filter import NO_FILTER
from index.store.doors import open_store
from qa.drafts.checking import check_draft
from tests.support.fakes import FakeEncoder

MARK = re.compile(r"⟪(.)(.)\|(.*?)⟫", re.DOTALL)
KINDS = {"q": "quotation", "n": "number", "d": "date", "p": "name"}
STATUSES = {"v": "verbatim", "d": "differs", "n": "not found"}
PARTS = ("dev", "kept")

Marked = tuple[int, int, str, str]  # start, end, kind, status


def archives(part: str) -> list[dict[str, Any]]:
    text = Path(__file__).with_name(f"{part}.toml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["archive"]
    return found


def unmarked(text: str) -> tuple[str, list[Marked]]:
    plain, marks, at = "", [], 0
    for match in MARK.finditer(text):
        plain += text[at : match.start()]
        marks.append((len(plain), len(plain) + len(match[3]), KINDS[match[2]], STATUSES[match[1]]))
        plain, at = plain + match[3], match.end()
    return plain + text[at:], marks


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("drafts")
    (folder / "seeds").mkdir()
    lines = [
        {
            **about,
            "date": str(about["date"]),
            "text": f"{about['title']}\n\n{about['text'].strip()}",
        }
        for part in PARTS
        for archive in archives(part)
        for about in archive["article"]
    ]
    (folder / "seeds" / "all.jsonl").write_text("\n".join(map(json.dumps, lines)))
    build(folder / "seeds", folder / "index", encoder=FakeEncoder())
    return open_store(folder / "index")


@pytest.mark.parametrize("part", PARTS)
def test_what_is_said_of_a_claim_is_right(store: Store, part: str) -> None:
    right: Counter[tuple[str, str]] = Counter()
    said: Counter[tuple[str, str]] = Counter()
    true: Counter[tuple[str, str]] = Counter()
    for archive in archives(part):
        for draft in archive["draft"]:
            text, marks = unmarked(draft["text"])
            claims = check_draft(store, FakeEncoder(), text, NO_FILTER).claims
            for start, end, kind, status in marks:
                true[kind, status] += 1
                own = [c for c in claims if c.kind == kind and c.start < end and start < c.end]
                if not own or own[0].status != status:
                    print(f"  {archive['id']}: {text[start:end]}: {[c.status for c in own]}")
                else:
                    right[kind, status] += 1
            said.update((claim.kind, claim.status) for claim in claims)
            # a claim that is not marked is true: it may be found, but not differ or be missing
            said.subtract(
                (c.kind, "verbatim")
                for c in claims
                if c.status == "verbatim"
                and not any(c.kind == k and c.start < e and s < c.end for s, e, k, _ in marks)
            )
    for key in true:
        print(f"{part} {key}: precision {right[key]}/{said[key]}, recall {right[key]}/{true[key]}")
    for status in STATUSES.values():
        found, all_said, all_true = (
            sum(n for (_, s), n in count.items() if s == status) for count in (right, said, true)
        )
        print(f"{part} {status}: precision {found}/{all_said}, recall {found}/{all_true}")
        assert found >= (0.97 if status == "differs" else 0.8) * all_said
        assert found >= 0.7 * all_true
