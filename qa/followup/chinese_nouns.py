"""The nouns and names of a Chinese text, by jieba's words and their parts of speech.

jieba takes some verbs for nouns, and cuts some names apart. What stands before "了" or "谁" is a
verb whatever jieba says, and a single character after the name of a person belongs to it.
"""

import re
from itertools import pairwise
from typing import NamedTuple

# Verbs that jieba takes for nouns, and that may have nothing beside them to show what they are.
VERB = re.compile(
    r"会[见晤谈]|见[了过到]|参[观加]|访问|封锁|耗资|通车|开[通放]|雕刻|设计|涨价|罚款|奠基|剪彩"
    r"|毕业|留学|去世|出生|回家|代表|担任|领导|批评|称赞|获得|[赢夺]得|夺冠|[称距离]|公布|雇用|投资"
)
ANY_OFFICE = re.compile(
    r"首相|总理|总统|主席|国王|女王|王后|部长|[市省县局行校社院]长|总裁|经理|教练"
)
OFFICE = re.compile(rf"(?:{ANY_OFFICE.pattern})$")
PARTICLE = re.compile(r"[了过着]")  # what stands before it is a verb
GLUED = re.compile(r"[有是在]$")
OBJECT = re.compile(r"谁|什么(?!时候|时间|地方)")  # before it a verb, or somebody's name
COUNTED = re.compile(
    r"(?:多少|几|哪些|哪?[\d一二两三四五六七八九十百千万]+)[名个位辆架艘家台只座支人]*$"
)
# a measure word that jieba glues to its noun: "多少名护士"
MEASURE = re.compile(r"(?<=[少几哪些两])[名位辆架艘颗座台](?=[\u3400-\u9fff]{2})")
NOUN = re.compile(r"n|j|[lifb]$|eng$|zg$|q$")  # jieba's tags that a noun may have
QUALITY = re.compile(r"[新老旧]")  # adjectives that may start a name: "新公司"
NUMBERED = re.compile(r"[一二三四五六七八九十\d]+号")
INSTITUTION = re.compile(r"公司|银行|大学|集团|中心|协会")
LETTERS = re.compile(r"[\u3400-\u9fffA-Za-z0-9“”《》·]+")
MARKS = "“”《》·"
OPENED = re.compile(r"“[^”]*$|《[^》]*$")
MIN_LENGTH, MAX_LENGTH = 2, 14  # characters
LINK = re.compile(r"[和与同跟及、的]+")  # joins nouns: "船员的家属"
SURNAMES = "顾关管包应任谈计盛连解查"  # verbs to jieba
LAST_CHARACTER = "avzd"  # tags of a character that jieba cuts off a person's name: "佐藤健"


class Noun(NamedTuple):
    """Words that together make a noun or a name."""

    text: str
    start: int
    is_person: bool  # perhaps; jieba takes some companies for people
    is_place: bool

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.start + len(self.text)


def nouns(text: str) -> list[Noun]:
    """List the nouns and names of a text in order.

    >>> [noun.text for noun in nouns("韩国总统李在明和小泉进次郎访问了日本的东大寺")]
    ['韩国总统李在明', '小泉进次郎', '日本', '东大寺']
    """
    words = _tagged(text)
    found: list[Noun] = []
    run: list[tuple[str, str]] = []
    at = 0
    for number, (word, tag) in enumerate([*words, ("", "")]):
        after = "".join(w for w, _ in words[number + 1 : number + 3])
        if _belongs(run, word, tag, after):
            run.append((word, tag))
        elif run:
            found.append(_noun(run, at, text))
            run = []
        at += len(word)
    lengths = range(MIN_LENGTH, MAX_LENGTH + 1)
    return [noun for noun in found if len(noun.text.strip(MARKS)) in lengths]


def _tagged(text: str) -> list[tuple[str, str]]:
    """The words of a text with jieba's tags, without verbs glued to a name: "张伟见" + "了"."""
    import rjieba  # takes half a second to import

    words = [(str(word), str(tag)) for word, tag in rjieba.tag(text)]
    cut: list[tuple[str, str]] = []
    for (word, tag), (after, _) in zip(words, [*words[1:], ("", "")], strict=False):
        glued = PARTICLE.match(after) or GLUED.search(word)
        if tag.startswith("nr") and len(word) > MIN_LENGTH and glued:
            cut += [(word[:-1], tag), (word[-1], "p")]
        else:
            cut.append((word, tag))
    return cut


def is_counted(text: str, noun: Noun) -> bool:
    """Whether a noun stands behind a number or the question for one: "多少名护士"."""
    return bool(COUNTED.search(text, 0, noun.start))


def phrases(text: str) -> list[str]:
    """List the nouns of a text, those that "的" or "和" joins as one.

    >>> phrases("周六会见了失踪船员的家属")
    ['船员的家属']
    """
    found: list[tuple[int, int]] = []
    for noun in nouns(text):
        if found and LINK.fullmatch(text, found[-1][1], noun.start):
            found[-1] = (found[-1][0], noun.end)
        else:
            found.append((noun.start, noun.end))
    return [text[start:end] for start, end in found]


def _noun(run: list[tuple[str, str]], end: int, text: str) -> Noun:
    """The words of a run, which ends at `end`, as a noun."""
    joined = "".join(word for word, _ in run)
    if MEASURE.match(text, end - len(joined)):
        joined = joined[1:]
    cut = any(_ends_a_name(*pair) for pair in pairwise(run))
    is_person = cut or run[-1][1].startswith("nr") or bool(OFFICE.search(joined))
    return Noun(joined, end - len(joined), is_person, is_place=run[-1][1] == "ns")


def _ends_a_name(before: tuple[str, str], word: tuple[str, str]) -> bool:
    """Whether a word is a character that jieba cut off a person's name."""
    return before[1].startswith("nr") and len(word[0]) == 1 and word[1][0] in LAST_CHARACTER


def _belongs(run: list[tuple[str, str]], word: str, tag: str, after: str) -> bool:
    """Whether a word belongs to a noun, of which `run` are the words so far."""
    if OPENED.search("".join(w for w, _ in run)):
        return bool(word)
    if not LETTERS.fullmatch(word) or PARTICLE.match(after):
        return False
    if OBJECT.match(after) and not tag.startswith(("nr", "ns")):
        return False
    if VERB.fullmatch(word):  # "工人代表" is a noun, "李四代表..." not
        return bool(run) and not after
    if word in MARKS or OFFICE.fullmatch(word) or QUALITY.fullmatch(word):
        return True
    if NOUN.match(tag):
        return True
    if not run:  # "顾海峰"
        return tag == "v" and word in SURNAMES and len(after) >= MIN_LENGTH
    if tag == "vn" or NUMBERED.fullmatch(word):  # "疫苗试验", "三号线"
        return True
    if tag.startswith("v") and len(word) > 1:
        return bool(INSTITUTION.match(after))  # "轮渡公司"
    return _ends_a_name(run[-1], (word, tag))
