"""`python -m qa.benchmarks.page.people --people 20 --minutes 5`: many people at one chat.

Each person has a conversation of their own: asks as the page does, waits a few seconds, asks again,
sometimes follows up, searches the table of articles, or asks through the API. Measured are
failures, the time to an answer, and the server's memory, which must not grow with the questions.
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

from index.benchmarks.machine import describe_machine
from index.errors import run

from .serving import RunningChat, run_chat
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
TABLE_SEARCHES = ["takaichi", "", "2025", "特朗普"]
PAUSE = (2.0, 8.0)  # seconds between an answer and the next question


@dataclass
class Results:
    """The results of all people together; several threads add to it."""

    seconds: list[float] = field(default_factory=list)  # of each answer
    failures: list[str] = field(default_factory=list)
    searches: int = 0  # of the table of articles


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark; print memory by the minute and a summary."""
    parser = argparse.ArgumentParser(
        prog="python -m qa.benchmarks.page.people", description=__doc__
    )
    parser.add_argument("--people", type=int, default=20, help="people at once (20)")
    parser.add_argument("--minutes", type=float, default=5.0, help="how long (5)")
    parser.add_argument("--seeds", default="seeds", help="folder of articles (seeds)")
    parser.add_argument("--index", help="folder of the index (a new one)")
    options = parser.parse_args(argv)
    with TemporaryDirectory() as folder:
        index = options.index or str(Path(folder) / "index")
        with run_chat(Path(folder), ["--seeds", options.seeds, "--index", index]) as chat:
            visitor = Visitor(chat.address)
            for question in QUESTIONS:  # load the models and let memory reach its level in use
                visitor.ask(question)
            visitor.close()
            measure(chat, options.people, 60 * options.minutes)
    return 0


def measure(chat: RunningChat, people: int, seconds: float) -> Results:
    """Let `people` use a chat for some seconds; print and return the results."""
    results, until = Results(), time.monotonic() + seconds
    threads = [
        threading.Thread(target=visit, args=(chat, random.Random(n), results, until))  # noqa: S311
        for n in range(people)
    ]
    print(describe_machine(("torch", "gradio")))
    print(f"{people} people, {seconds / 60:g} minutes\nmemory, MB: {chat.memory():,.0f}", end="")
    for thread in threads:
        thread.start()
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(60.0, left))
        print(f" {chat.memory():,.0f}", end="", flush=True)
    for thread in threads:
        thread.join()
    print(f"\n{summary(results)}; tracebacks in the server's log: {chat.tracebacks()}")
    return results


def visit(
    chat: RunningChat,
    rng: random.Random,
    results: Results,
    until: float = np.inf,
    actions: float = np.inf,
) -> None:
    """Act as one person until the time is over or all actions are done."""
    visitor = Visitor(chat.address)
    time.sleep(rng.uniform(0, PAUSE[1]))  # people do not all arrive at once
    in_conversation, done = False, 0
    while time.monotonic() < until and done < actions:
        done += 1
        try:
            in_conversation = _act(visitor, rng, in_conversation, results)
        except (httpx.HTTPError, ValueError, KeyError) as error:
            results.failures.append(f"{type(error).__name__}: {error}")
        time.sleep(rng.uniform(*PAUSE))
    visitor.close()


def _act(visitor: Visitor, rng: random.Random, in_conversation: bool, results: Results) -> bool:
    """Do one thing; return whether a question has been asked in the conversation."""
    kind = rng.random()
    if kind < 0.15:
        visitor.search_articles(rng.choice(TABLE_SEARCHES))
        results.searches += 1
        return in_conversation
    follow_up = in_conversation and kind < 0.4
    question = rng.choice(FOLLOW_UPS if follow_up else QUESTIONS)
    started = time.perf_counter()
    if kind > 0.85:
        visitor.answer(question)
    else:
        visitor.ask(question)
        in_conversation = True
    results.seconds.append(time.perf_counter() - started)
    return in_conversation


def summary(results: Results) -> str:
    """Return a line for each kind of failure and one of figures."""
    times = np.array(results.seconds or [np.nan])
    lines = [
        f"{len(results.seconds):,} answers, {results.searches:,} searches of the table, "
        f"{len(results.failures):,} errors; seconds to an answer: median {np.median(times):.2f}, "
        f"95% within {np.percentile(times, 95):.2f}, longest {times.max():.2f}"
    ]
    return "\n".join([*(f"error: {error}" for error in sorted(set(results.failures))), *lines])


if __name__ == "__main__":
    sys.exit(run(main))
