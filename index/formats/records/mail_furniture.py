"""Take out of an HTML mail what programs for newsletters add: "View in browser", "Unsubscribe".

A line counts only if a link in it says so, if it stands at the mail's top or foot, and if it holds
no statement besides: "You get this because you signed up. Unsubscribe" stays.
"""

import re
from collections.abc import Iterable

from lxml.etree import _Element as Element

from index.formats.web.tree import drop, text_of

BLOCKS = {"p", "td", "th", "div", "li", "center", "tr", "h6"}
MAX_LINK, MAX_BLOCK = 80, 300  # characters
MAX_ABOVE, MAX_BELOW = 300, 600  # characters between a line and its edge of the mail
MAX_LINKS = 20  # that are looked at from either end of the mail
MOST = 0.6  # of a line's text: if its links say so much, the rest is dropped with them
MAX_REST = 30  # letters besides the links, an ideograph counting as three
IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
STATEMENT = re.compile(r"""\w["'”’»)\]]*(?:\.(?!\w)|[!…。！।۔])""")
VIEW = re.compile(
    r"""\b(?:view|read|open|see)\b.{0,40}\b(?:browser|online) | \b(?:online|web)\s+version\b
    | im\s+browser\b | online-?version | dans\s+(?:le|votre|un)\s+navigateur | version\s+en\s+ligne
    | en\s+(?:el|tu|su)\s+navegador | no\s+(?:seu\s+)?navegador | nel\s+browser
    | in\s+(?:je|uw|de)\s+browser | i\s+(?:din\s+)?(?:webbläsare|nettleser|browser)
    | w\s+przeglądarce | в\s+браузере | у\s+браузері | tarayıcıda | στο\s+πρόγραμμα\s+περιήγησης
    | 在?浏览器中?(?:查看|打开|阅读) | 在?瀏覽器中?(?:檢視|開啟|閱讀) | ブラウザで
    | 브라우저에서""",
    re.VERBOSE | re.IGNORECASE,
)
LEAVE = re.compile(
    r"""\bunsubscribe | \bopt[\s-]out\b | (?:manage|update|change)\s.{0,30}preferences | \babmelden
    | abbestellen | désabonner | désinscri | darse\s+de\s+baja | cancelar\s+.{0,20}suscripción
    | cancelar\s+.{0,20}(?:inscrição|subscrição) | descadastr | disiscriv
    | annulla\s.{0,20}iscrizione | \bafmeld | uitschrijven | \bavregistrera
    | avsluta\s+prenumeration | melde?\s+(?:deg|dig)\s+a[vf]
    | peruuta\s+tilaus | wypisz | zrezygnuj\s+z\s+subskrypcji | odhlásit | leiratkoz
    | dezabon | отписаться | відписатися | aboneliğ.{0,20}(?:iptal|çık) | διαγραφή\s+από
    | إلغاء\s+الاشتراك | לביטול\s+(?:ה)?(?:מנוי|הרשמה) | 退订 | 退訂 | 取消订阅 | 取消訂閱
    | 配信(?:停止|解除) | 登録解除 | 수신\s*거부 | सदस्यता\s+(?:समाप्त|रद्द)""",
    re.VERBOSE | re.IGNORECASE,
)


def drop_furniture(root: Element) -> None:
    """Change the tree of a mail in place."""
    whole = text_of(root)
    for block, said in _blocks(root).items():
        text = text_of(block)
        above, below = whole.find(text), len(whole) - whole.rfind(text) - len(text)
        at_top = above <= MAX_ABOVE and any(map(VIEW.search, said))
        at_foot = below <= MAX_BELOW and any(map(LEAVE.search, said))
        short = len(text) <= min(MAX_BLOCK, len(whole) // 2)
        if (at_top or at_foot) and short and not _states_more(text, said):
            drop([block])


def _blocks(root: Element) -> dict[Element, list[str]]:
    """The lines with links to view or to leave, and what these links say."""
    links = [(link, said) for link in root.iter("a") if (said := _offer(link))]
    if len(links) > 2 * MAX_LINKS:
        links = links[:MAX_LINKS] + links[-MAX_LINKS:]
    blocks: dict[Element, list[str]] = {}
    for link, said in links:
        block = next((e for e in link.iterancestors() if e.tag in BLOCKS), None)
        if block is not None and block is not root:
            blocks.setdefault(block, []).append(said)
    return blocks


def _offer(link: Element) -> str:
    """What a link says if it offers to view or to leave, else ""."""
    said = text_of(link)
    return said if len(said) <= MAX_LINK and (VIEW.search(said) or LEAVE.search(said)) else ""


def _states_more(text: str, said: Iterable[str]) -> bool:
    """Whether a line reads as a sentence, or as a part of one, besides what its links say."""
    if sum(map(len, said)) >= MOST * len(text):
        return False
    rest = text
    for link in said:
        rest = rest.replace(link, " ", 1)
    letters = sum(map(str.isalpha, rest)) + 2 * len(IDEOGRAPH.findall(rest))
    return letters > MAX_REST or STATEMENT.search(rest) is not None
