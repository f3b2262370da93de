"""Check a pack: `python -m qa.training check PACK`. Does the surface of a window give it away?

Draws windows as a training run does. A logistic regression on what shows of a window without
reading it (its length, where it begins ...) must not tell windows with the answer from those
without: a model would learn that instead of reading. Prints the cross-validated AUROC, 0.5 at best,
of all windows, by kind of group, and by language; the exit status is 1 if one is above 0.55.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

from qa.training.data.sampling import Group, GroupSampler
from qa.training.data.schedule import Schedule
from qa.training.data.surface import Surface
from qa.training.pack.pack_file import Pack, read_pack

HIGHEST = 0.55
FOLDS = 5
FEWEST = 200  # windows of either kind, below which a figure says nothing
ALL, ANSWERABLE, NEAR_MISS, UNANSWERABLE = "all", "answerable", "near miss", "unanswerable"

Case = tuple[list[float], bool]  # features, and whether the window holds the answer


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m qa.training check", description=__doc__)
    parser.add_argument("pack", type=Path, help="the training data, one file")
    parser.add_argument("--questions", type=int, default=12000, help="that are drawn (12000)")
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args(arguments)
    highest = 0.0
    for name, cases in drawn_windows(read_pack(options.pack), options.questions, options.seed):
        found = auroc(cases)
        if found is None:
            print(f"{name}: fewer than {FEWEST} windows with or without the answer")
            continue
        highest = max(highest, found)
        print(f"{name}: AUROC {found:.3f} of {len(cases)} windows", flush=True)
    return int(highest > HIGHEST)


def drawn_windows(pack: Pack, questions: int, seed: int) -> Iterator[tuple[str, list[Case]]]:
    """Draw the windows of questions; yield those to be told apart, by kind of group or language.

    Near misses and unanswerable questions never have a window with the answer: each of their
    windows is paired with one that holds the answer to another question, in the same source.
    """
    texts = pack.splits["train"]
    sampler, surface = GroupSampler(pack, texts), Surface(pack, texts)
    rng = random.Random(seed)  # noqa: S311
    by_kind: dict[str, list[tuple[str, Case]]] = defaultdict(list)
    for question in Schedule(pack, texts, seed).questions(0, questions):
        for number, group in enumerate(sampler.draw(question, rng)):
            for window, spans in zip(group.windows, group.spans, strict=True):
                source = pack.sources[texts.context_source[window.context]]
                case = surface.features(window), bool(spans)
                by_kind[_kind(number, group)].append((source, case))
    holding: dict[str, list[Case]] = defaultdict(list)
    by_language: dict[str, list[Case]] = defaultdict(list)
    for source, case in chain(*by_kind.values()):
        by_language[source.split("-")[0]].append(case)
        holding[source] += [case] * case[1]
    yield ALL, list(chain(*by_language.values()))
    yield ANSWERABLE, [case for _, case in by_kind[ANSWERABLE]]
    for kind in (NEAR_MISS, UNANSWERABLE):
        pairs = [(case, rng.choice(holding[s])) for s, case in by_kind[kind] if holding[s]]
        yield kind, list(chain(*pairs))
    yield from sorted(by_language.items())


def auroc(cases: Sequence[Case]) -> float | None:
    """Return how well a logistic regression tells the windows apart; None if they are too few."""
    features: NDArray[np.float64] = np.array([case[0] for case in cases], float)
    holds = np.array([case[1] for case in cases])
    if min(holds.sum(), (~holds).sum()) < FEWEST:
        return None
    model = make_pipeline(
        StandardScaler(),
        PolynomialFeatures(2, include_bias=False),
        StandardScaler(),
        LogisticRegression(C=0.1, max_iter=1000),
    )
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    told = cross_val_predict(model, features, holds, cv=folds, method="predict_proba")
    return float(roc_auc_score(holds, told[:, 1]))


def _kind(number: int, group: Group) -> str:
    if any(group.spans):
        return ANSWERABLE
    return NEAR_MISS if number else UNANSWERABLE
