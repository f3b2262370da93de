"""What names in Chinese and Japanese texts have in common: lists, titles, foreign names."""

from collections.abc import Sequence
from itertools import product

import regex

from index.text.names.han import japanese_readings
from index.text.names.words import TRANSLITERATION
from index.text.terms import SIMPLIFIED

from . import cedict
from .gazetteer import place_key
from .mention import Kind

# Companies and the like that CC-CEDICT lacks or has as several things, with their keys
ALSO = {
    "苹果公司": "apple", "丰田": "toyota", "丰田汽车": "toyota", "本田": "honda", "台积电": "tsmc", "特斯拉": "tesla",
    "腾讯": "tencent", "字节跳动": "bytedance", "小米公司": "xiaomi", "比亚迪": "byd", "三星电子": "samsung electronics",
    "微软": "microsoft", "谷歌": "google", "英特尔": "intel", "英伟达": "nvidia", "波音": "boeing", "大众汽车": "volkswagen",
    "法新社": "afp", "美联社": "associated press", "彭博社": "bloomberg", "新华社": "xinhua", "路透社": "reuters",
    "安理会": "security council", "联合国安理会": "security council", "哈马斯": "hamas", "真主党": "hezbollah",
    "阿里巴巴集团": "alibaba", "红十字会": "red cross", "国务院": "state council",
    "トヨタ": "toyota", "トヨタ自動車": "toyota", "ホンダ": "honda", "アップル": "apple", "ソニー": "sony",
    "ソニーグループ": "sony", "任天堂": "nintendo", "ソフトバンク": "softbank", "グーグル": "google", "テスラ": "tesla",
    "日産自動車": "nissan", "国連": "united nations", "世界保健機関": "world health organization",
    "ドジャース": "dodgers", "自民党": "liberal democratic party", "日本銀行": "bank of japan", "日銀": "bank of japan",
    "マイクロソフト": "microsoft", "フォード": "ford", "ロイター": "reuters", "日立製作所": "hitachi", "公明党": "komeito",
    "NHK": "nhk", "ＮＨＫ": "nhk", "英格兰银行": "bank of england", "欧盟委员会": "european commission",
}  # fmt: skip
DOT = regex.compile("[·・‧•＝]")
TITLE_AFTER = (
    "总统|總統|主席|首相|总理|總理|部长|部長|省长|市长|市長|县长|州长|校长|校長|将军|教授|博士|先生|女士|总裁|總裁|经理|董事长|发言人|记者"
    "|律师|医生|院士|法官|议员|議員|大臣|防卫大臣|大使|书记|秘书长|外长|防长|国王|女王|王子|公主|教练|选手"
    "|大統領|首脳|国家主席|前首相|元首相|知事|防衛相|外相|財務相|官房長官|長官|氏|さん|選手|監督|会長|社長|総裁|容疑者|被告|名人|事務総長|議長"
    "|代表|幹事長|元会長|元大統領|前大統領|君|ちゃん|弁護士|記者|政府"
)


def person_key(name: str) -> str:
    """Return the key of a name in characters: as it is written in Latin letters, if that is sure.

    >>> person_key("特朗普"), person_key("高市早苗"), person_key("安倍晋三"), person_key("习近平")
    ('donald trump', 'sanae takaichi', 'shinzo abe', 'xi jinping')
    """
    folded = name.translate(SIMPLIFIED)
    entry = cedict.named().get(folded)
    japanese = romanised(folded)
    if entry and entry.kind == "person":
        words = entry.key.split()
        swapped = " ".join(reversed(words))
        return swapped if japanese and len(words) == 2 and swapped in japanese else entry.key
    return japanese[0] if len(japanese) == 1 else folded


def romanised(name: str) -> Sequence[str]:
    """Return the ways to read a Japanese name of a family and a given name may be read, in Western order."""
    parts = list(japanese_readings(name))
    if len(parts) != 2 or "".join(part for part, _ in parts) != name:
        return ()
    family, given = (readings for _, readings in parts)
    return [f"{second} {first}" for first, second in product(family, given)]


def known(word: str) -> tuple[Kind, str] | None:
    """Return the kind and the key of a name that a list has, in characters or katakana.

    >>> known("臺北"), known("世界卫生组织"), known("天气")
    (('place', 'taipei'), ('organisation', 'world health organization'), None)
    """
    folded = word.translate(SIMPLIFIED)
    if key := ALSO.get(word) or ALSO.get(folded):
        return "organisation", key
    if entry := cedict.named().get(folded):
        return entry.kind, person_key(word) if entry.kind == "person" else entry.key
    if key := place_key(folded):
        return "place", key
    return None


def is_foreign(word: str) -> bool:
    """Return whether a word is spelled only with characters for foreign names.

    >>> is_foreign("赫格塞思"), is_foreign("会议")
    (True, False)
    """
    folded = word.translate(SIMPLIFIED)
    return len(folded) > 1 and all(c in _FOREIGN for c in folded)


_FOREIGN = frozenset(TRANSLITERATION)
