"""A small archive in many languages, served with everything a page can show, and axe-core."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qa.question_log.log import QuestionLog
from qa.standing.book import Book
from qa.standing.shared import SharedList
from tests.support.browsing import FindingReader, playwright, small_chat

__all__ = ["ARABIC", "ENGLISH", "HEBREW", "LIST", "PHONE", "QUESTIONS", "served", "violations"]

PHONE = {"width": 390, "height": 844}
ARTICLES = [
    {"id": "a", "title": "The bridge over the Tees", "date": "2025-01-02", "language": "en",
     "url": "https://news.example/bridge",
     "text": "It rained. The mayor, Ann Lee, opened the bridge on Monday.\n\nShe left."},
    {"id": "b", "title": "Bridge opened", "date": "2025-02-03", "language": "en",
     "text": "The mayor, Ann Lee, opened the bridge on Tuesday, in front of a large crowd."},
    {"id": "c", "title": "Three states", "date": "2025-01-04", "language": "en",
     "text": "Kenya, Chad and Peru signed the treaty on whales in March."},
    {"id": "ar", "title": "افتتاح جسر (2025)", "date": "2025-01-03", "language": "ar",
     "text": "افتتحت رئيسة البلدية آن لي الجسر يوم الاثنين بكلفة 3.5 مليون يورو.\n\nوحضره 200."},
    {"id": "he", "title": "הגשר נפתח", "date": "2025-01-03", "language": "he",
     "text": "ראש העיר, אן לי, פתחה את הגשר ביום שני בעלות של 3.5 מיליון אירו."},
    {"id": "fa", "title": "پل گشایش یافت", "language": "fa",
     "text": "شهردار، آن لی، روز دوشنبه پل را با هزینه ۳٫۵ میلیون یورو گشود."},
    {"id": "zh", "title": "一座桥", "language": "zh", "text": "市长李安星期一为大桥剪彩。"},
    {"id": "ja", "title": "橋が開通", "date": "2025-02-01", "language": "ja",
     "text": "市長のアン・リー氏は月曜日に橋の開通式に出席した。"},
    {"id": "de", "title": "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
     "date": "2025-02-03", "language": "de",
     "text": "Die Bürgermeisterin Anna Leh eröffnete die Brücke am Montag."},
]  # fmt: skip
ENGLISH, ARABIC = "Who opened the bridge?", "من افتتح الجسر الجديد في المدينة؟"
HEBREW, LIST = "מי פתחה את הגשר החדש בעיר?", "Which countries signed the treaty on whales?"
# A question in each language of the page, and what answers it.
QUESTIONS = {
    "en": (ENGLISH, "Ann Lee"),
    "zh": ("谁为大桥剪彩？", "李安"),
    "ja": ("橋の開通式に出席したのは誰ですか", "アン・リー"),
    "ar": (ARABIC, "آن لي"),
    "es": ("¿Quién inauguró el puente nuevo?", "Ann Lee"),
    "fr": ("Qui a inauguré le nouveau pont de la ville ?", "Ann Lee"),
    "de": ("Wer hat die neue Brücke eröffnet?", "Anna Leh"),
}
OTHER = {HEBREW: "אן לי", LIST: "Kenya, Chad and Peru"}


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a page with uploads, a log and standing questions."""
    seeds = folder / "seeds"
    seeds.mkdir()
    (seeds / "all.jsonl").write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    reader = FindingReader()
    reader.patterns = {**dict(QUESTIONS.values()), **OTHER}
    standing = SharedList(Book(folder / "data" / "standing.sqlite"))
    log = QuestionLog(folder / "data" / "log.jsonl")
    with small_chat(
        seeds, folder / "index", adding=True, reader=reader, log=log, standing=standing
    ) as (address, _):
        yield address


def violations(page: "playwright.Page") -> list[tuple[str, Any, str]]:
    """Return what axe-core finds wrong with the page as it is now: rule, place, HTML."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [
        (rule["id"], node["target"], node["html"][:200]) for rule in found for node in rule["nodes"]
    ]
