"""Made-up articles, divided at random over several archives, and one archive of them all."""

import datetime
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from index.article import Article
from index.store.base.protocol import Scored, Snapshot
from index.store.doors import open_stores
from index.store.several.store import SeveralStore
from tests.support.fakes import FakeEncoder
from tests.support.written import WrittenIndex, article

PEOPLE = ["Nina Solt", "Bram Oster", "Ute Falk", "José Arce", "Weyland", "Кира Белова"]
PLACES = ["Ulm", "Bonn", "Port Ayr", "the harbour", "Lake Tove", "U.S. waters"]
THINGS = ["tender", "bridge", "ferry", "lighthouse", "museum", "budget", "strike", "harvest"]
SENTENCES = [
    "{who} opened the {thing} in {where} on day {n}.",
    "The {thing} of {where} cost {n} million euros, said {who}.",
    "No {thing} was seen in {where}, where {who} counted {n} ships.",
    "{where}: {n} people signed for the {thing}, and {who} did not.",
]
HAN = ["{who}在港口开设了第{n}座{zh}。", "港口的{zh}花费了{n}万欧元。"]
ZH = ["灯塔", "大桥", "渡轮", "预算"]
QUESTIONS = [
    "Who opened the ferry in Port Ayr?", "What did the bridge of Lake Tove cost?",
    "Nina Solt lighthouse", "How many ships did Jose Arce count?", "谁在港口开设了灯塔?",
    "the newest budget of Ulm", "Weyland 17", "Where was no harvest seen?", "nothing of this",
]  # fmt: skip


def made_up(chance: random.Random, count: int) -> list[Article]:
    """Return articles of one to nine sentences, in two languages, some dated."""
    return [_article(chance, number) for number in range(count)]


def _article(chance: random.Random, number: int) -> Article:
    chinese = chance.random() < 0.3
    sentences = [
        chance.choice(HAN if chinese else SENTENCES).format(
            who=chance.choice(PEOPLE), where=chance.choice(PLACES), thing=chance.choice(THINGS),
            n=chance.randrange(2, 99), zh=chance.choice(ZH),
        )
        for _ in range(chance.randrange(1, 10))
    ]  # fmt: skip
    # no two texts are equal: which of two equal scores is first depends on how an index was built
    text = ("" if chinese else " ").join([*sentences, f"({number})"])
    day = datetime.date(2025, 1, 1) + datetime.timedelta(chance.randrange(300))
    return article(
        f"a{number:03}", text, language="zh" if chinese else "en",
        date=day if chance.random() < 0.8 else None, title=f"Report {number}",
    )  # fmt: skip


def divided(
    chance: random.Random, articles: Sequence[Article], places: Mapping[str, str]
) -> dict[str, list[Article]]:
    """Divide articles at random over archives by name; none stays empty."""
    shares: dict[str, list[Article]] = {name: [] for name in places}
    names = list(places)
    for number, each in enumerate(articles):
        shares[names[number] if number < len(names) else chance.choice(names)].append(each)
    return shares


def write(
    places: Mapping[str, str], shares: Mapping[str, Sequence[Article]], encoder: FakeEncoder
) -> None:
    """Publish each share in its archive, in two builds."""
    for name, where in places.items():
        index, own = WrittenIndex(where, encoder), shares[name]
        index.publish(*own[: len(own) // 2])
        index.publish(*own[len(own) // 2 :])


def write_whole(folder: Path, articles: Sequence[Article], encoder: FakeEncoder) -> str:
    """Publish one archive of all articles; return its place."""
    WrittenIndex(str(folder), encoder).publish(*articles)
    return str(folder)


def shown(snapshot: Snapshot, scored: Scored) -> list[tuple[str, int, float]]:
    """Return (id without the archive, start, score) of scored passages, equal scores by id."""
    passages = snapshot.passages([identity for identity, _ in scored])
    rows = [(_bare(passages[i].article_id), passages[i].start, score) for i, score in scored]
    return sorted(rows, key=lambda row: (-round(row[2], 5), row[:2]))


def _bare(identity: str) -> str:
    return identity.rpartition(":")[2]


class Opened(NamedTuple):
    """Several archives that are open, and where they are."""

    store: SeveralStore
    places: dict[str, str]


def opened(places: dict[str, str]) -> Opened:
    """Open archives by name."""
    store = open_stores(places)
    assert isinstance(store, SeveralStore)
    return Opened(store, places)
