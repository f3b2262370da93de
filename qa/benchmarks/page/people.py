"""`python -m qa.benchmarks.page.people --people 20 --minutes 5`: many people at one chat.

Each asks in a conversation of their own as the page does, waits a few seconds, asks again, now and
then follows up, looks through the table of articles, or asks as a program does. Measured: what
fails, how long an answer takes, and the server's memory, which must not grow with the questions.
"""

import argparse
import random
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import numpy as np

from index.benchmarks.machine import described
from index.errors import run

from .serving import Running, serving
from .visitor import Visitor

QUESTIONS = [
    "Which golfer signed the golf bag?",
    "Where did Takaichi and Trump hold their first summit?",
    "Which ship did Trump visit at Yokosuka?",
    "How long did the meeting between the two leaders last?",
    "For which prize would Takaichi recommend Trump?",
    "Who is the U.S. Treasury Secretary?",
    "What share of Japan's imports was Russian LNG in 2024?",
    "Who won the football world cup?",
    "小泉进次郎在美国会见了谁?",
    "韩国总统李在明什么时候抵达日本奈良县？",
    "谁获得了诺贝尔文学奖？",
    "高市早苗和特朗普在哪里举行了会谈？",
]
FOLLOW_UPS = ["When?", "Who else was there?", "What about Canada?", "什么时候？", "为什么？"]
WORDS = ["takaichi", "", "2025", "特朗普"]
PAUSE = (2.0, 8.0)  # seconds between an answer and the next question


@dataclass
class Seen:
    """What all people together saw; safe to add to from several threads."""

    seconds: list[float] = field(default_factory=list)  # of each answer
    failed: list[str] = field(default_factory=list)
    other: int = 0  # requests that are no questions


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m qa.benchmarks.page.people", description=__doc__
    )
    parser.add_argument("--people", type=int, default=20, help="at once (20)")
    parser.add_argument("--minutes", type=float, default=5.0, help="how long (5)")
    parser.add_argument("--seeds", default="seeds", help="folder of articles (seeds)")
    parser.add_argument("--index", help="folder of the index (a new one)")
    options = parser.parse_args(argv)
    with TemporaryDirectory() as folder:
        index = options.index or str(Path(folder) / "index")
        with serving(Path(folder), ["--seeds", options.seeds, "--index", index]) as chat:
            visitor = Visitor(chat.address)
            for question in QUESTIONS:  # models are loaded, memory is what an hour's use makes it
                visitor.ask(question)
            visitor.close()
            measure(chat, options.people, 60 * options.minutes)
    return 0


def measure(chat: Running, people: int, seconds: float) -> Seen:
    """Let `people` at a chat for some seconds; prints and gives what they saw."""
    seen, until = Seen(), time.monotonic() + seconds
    threads = [
        threading.Thread(target=visit, args=(chat, random.Random(n), seen, until))  # noqa: S311
        for n in range(people)
    ]
    print(described(("torch", "gradio")))
    print(f"{people} people, {seconds / 60:g} minutes\nmemory, MB: {chat.memory():,.0f}", end="")
    for thread in threads:
        thread.start()
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(60.0, left))
        print(f" {chat.memory():,.0f}", end="", flush=True)
    for thread in threads:
        thread.join()
    print(f"\n{summary(seen)}; tracebacks in the server's log: {chat.failures()}")
    return seen


def visit(
    chat: Running, chance: random.Random, seen: Seen, until: float = np.inf, acts: float = np.inf
) -> None:
    """What one person does, until the time is over or all is done."""
    visitor = Visitor(chat.address)
    time.sleep(chance.uniform(0, PAUSE[1]))  # they do not all come at once
    asked, done = False, 0
    while time.monotonic() < until and done < acts:
        done += 1
        try:
            asked = _act(visitor, chance, asked, seen)
        except (httpx.HTTPError, ValueError, KeyError) as error:
            seen.failed.append(f"{type(error).__name__}: {error}")
        time.sleep(chance.uniform(*PAUSE))
    visitor.close()


def _act(visitor: Visitor, chance: random.Random, asked: bool, seen: Seen) -> bool:
    """One thing that a person does; whether a question has been asked in the conversation."""
    kind = chance.random()
    if kind < 0.15:
        visitor.look(chance.choice(WORDS))
        seen.other += 1
        return asked
    follow_up = asked and kind < 0.4
    question = chance.choice(FOLLOW_UPS if follow_up else QUESTIONS)
    begun = time.perf_counter()
    if kind > 0.85:
        visitor.answer(question)
    else:
        visitor.ask(question)
        asked = True
    seen.seconds.append(time.perf_counter() - begun)
    return asked


def summary(seen: Seen) -> str:
    """One line of figures, and one for each kind of failure."""
    times = np.array(seen.seconds or [np.nan])
    lines = [
        f"{len(seen.seconds):,} answers, {seen.other:,} looks at the table, "
        f"{len(seen.failed):,} errors; seconds to an answer: median {np.median(times):.2f}, "
        f"95% within {np.percentile(times, 95):.2f}, longest {times.max():.2f}"
    ]
    return "\n".join([*(f"error: {one}" for one in sorted(set(seen.failed))), *lines])


if __name__ == "__main__":
    sys.exit(run(main))
