"""Take out of an HTML mail what programs for newsletters add: "View in browser", "Unsubscribe".

A line counts only if a link in it says so and if it stands at the mail's top or foot.
"""

import re

from lxml.etree import _Element as Element

from index.formats.web.visible import replace_by_text, text_of

BLOCKS = {"p", "td", "th", "div", "li", "center", "tr", "h6"}
MAX_LINK, MAX_BLOCK = 80, 300  # characters
MAX_ABOVE, MAX_BELOW = 300, 600  # characters between a line and its edge of the mail
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
    for link in list(root.iter("a")):
        said = text_of(link)
        if not said or len(said) > MAX_LINK:
            continue
        views, leaves = VIEW.search(said), LEAVE.search(said)
        block = next((e for e in link.iterancestors() if e.tag in BLOCKS), None)
        if block is None or block is root or not (views or leaves):
            continue
        text, whole = text_of(block), text_of(root)
        above, below = whole.find(text), len(whole) - whole.rfind(text) - len(text)
        at_edge = (views and above <= MAX_ABOVE) or (leaves and below <= MAX_BELOW)
        if at_edge and len(text) <= min(MAX_BLOCK, len(whole) // 2):
            replace_by_text(block, "")
