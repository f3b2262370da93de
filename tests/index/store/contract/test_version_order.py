"""The log of one article against a plain model of it, over random builds."""

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from index.store.base.history import order
from index.store.base.versions import count_differing, version_of
from index.store.doors import begin_build, open_store
from index.store.postgres.history import log as in_database
from index.store.sqlite.history import log as in_folder
from tests.support.written import WrittenIndex, article

FIRST = datetime.date(2026, 11, 1)
NOW = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)
LOGGED, TEXTS = 6, 3
WORDS = ("Fog.", "Rain.", "Ice.", "Hail.")


@dataclass(eq=False)
class Row:
    text: str
    day: datetime.date | None  # its own
    stated: datetime.date
    line: bool
    number: int
    kept: bool = True
    differing: tuple[str | None, int] = (None, 0)  # from which text, by how many sentences


@dataclass
class Model:
    """The log as a list that is sorted anew after every build."""

    text: str | None = None
    day: datetime.date | None = None
    rows: list[Row] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(10**6)))

    def replace(self, text: str | None, day: datetime.date | None, now: datetime.date) -> None:
        if self.text is not None and self.text != text:
            stated = min(self.day or now, (text and day) or self.day or now)
            for row in self.rows:
                if not row.line:
                    row.stated = min(row.stated, stated)
            self.rows.append(Row(self.text, self.day, stated, False, next(self.numbers)))
        self.text, self.day = text, day

    def line(self, text: str, day: datetime.date) -> None:
        same = [row for row in self.rows if (row.text, row.day) == (text, day)]
        if not same:
            self.rows.append(Row(text, day, day, True, next(self.numbers)))
        elif not (last := max(same, key=_place)).line:
            last.line, last.stated = True, day

    def settle(self) -> None:
        kept: list[Row] = []
        for row in sorted(self.rows, key=_place, reverse=True):
            newer = kept[-1].text if kept else self.text
            if not (row.line and row.text == newer) and len(kept) < LOGGED:
                has_text = kept[-1].kept if kept else self.text is not None
                if row.differing[0] != newer:
                    known = row.kept and has_text and newer is not None
                    row.differing = newer, _differing(row.text, newer or "") if known else 0
                kept.append(row)
        with_text = [row for row in kept if row.kept]
        for row in with_text[TEXTS:]:
            row.kept = False
        self.rows = kept


def _place(row: Row) -> tuple[datetime.date, bool, int]:
    return row.stated, row.line, row.number


def _differing(one: str, other: str) -> int:
    return count_differing(article("a", one), article("a", other))


def text_of(random: random.Random) -> str:
    return " ".join(random.choices(WORDS, k=random.randint(1, 4)))


def day_of(random: random.Random) -> datetime.date:
    return FIRST + datetime.timedelta(days=random.randint(0, 8))


def build(index: WrittenIndex, model: Model, random: random.Random) -> None:
    """Publish one build of random changes; the clock may go backwards."""
    now = NOW + datetime.timedelta(days=random.randint(-3, 9))
    with begin_build(index.where) as writer:
        if random.random() < 0.6:
            text = text_of(random) if random.random() < 0.85 else None
            day = day_of(random) if random.random() < 0.7 else None
            new = article("a", text, date=day) if text else None
            old = writer.article("a")
            if old and old.text != text:
                writer.log(version_of(old, new, now))
            if new:
                index.put(writer, new)
            else:
                writer.remove("a")
            model.replace(text, day, now.date())
        for _ in range(random.choice((0, 1, 3, 9))):
            text, day = text_of(random), day_of(random)
            writer.log(version_of(article("a", text, date=day), None, now, line=True))
            model.line(text, day)
        index.embed(writer)
        writer.publish(index.settings)
    model.settle()


def stored(index: WrittenIndex) -> tuple[list[tuple[datetime.date, bool, str]], list[object]]:
    with open_store(index.where).snapshot() as snapshot:
        found = snapshot.versions("a")
    rows = [(v.stated, v.line, v.digest) for v in found]
    return rows, [(v.text, v.sentences) for v in found]


def expected(model: Model) -> tuple[list[tuple[datetime.date, bool, str]], list[object]]:
    def digest(row: Row) -> str:
        return version_of(article("a", row.text), None, NOW).digest

    rows = [(row.stated, row.line, digest(row)) for row in model.rows]
    return rows, [(row.text if row.kept else None, row.differing[1]) for row in model.rows]


@pytest.fixture(autouse=True)
def limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order, "MAX_LOGGED", LOGGED)
    monkeypatch.setattr(order, "MAX_TEXTS", TEXTS)


@pytest.mark.parametrize("seed", range(3))
def test_random_builds(index: WrittenIndex, seed: int) -> None:
    chance, model = random.Random(seed), Model()
    for _ in range(25):
        build(index, model, chance)
        assert stored(index) == expected(model)


def test_texts_that_are_dropped_while_lines_are_read_change_no_order(
    index: WrittenIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (in_database, in_folder):
        monkeypatch.setattr(module, "TEXTS_AFTER", 2)
    chance, model = random.Random(7), Model()
    for _ in range(15):
        build(index, model, chance)
        assert stored(index)[0] == expected(model)[0]
