"""Recognise the line that only says which page this is, in many languages."""

import re

# whole words, in lower case, that stand beside a page's number
WORDS = (
    "page|pages|pg|pp|p|seite|seiten|s|página|páginas|pág|pagina|pagine|pag|strana|strona|str|"
    "sida|sidan|sidor|side|sider|sivu|bladzijde|blz|oldal|pagină|stranica|sayfa|puslapis|leht|lk|"
    "lpp|σελίδα|σελ|страница|стр|с|сторінка|стор|trang|halaman|hal|ukurasa|"
    "עמוד|صفحة|صفحه|पृष्ठ|หน้า|페이지|쪽|第|页|頁|ページ|共|总|計"
)
OF = "of|von|de|di|du|sur|av|af|van|z|ze|od|sa|/|из|із|από|trên|dari|מתוך|من|از|จาก"
ROMAN = r"(?=[ivxlc])c{0,2}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})\b"
NUMBER = rf"(?:\d{{1,4}}|{ROMAN})"
MARKS = r"[\s\-–—|·•.,:()\[\]]*"
PAGE_NUMBER = re.compile(
    rf"(?i){MARKS}(?:(?:{WORDS})\b\.?|[第页頁共总計])?{MARKS}{NUMBER}{MARKS}(?:{WORDS})?"
    rf"(?:{MARKS}(?:{OF}){MARKS}(?:(?:{WORDS})\b\.?)?{MARKS}{NUMBER}"
    rf"|{MARKS}[共总計]{MARKS}{NUMBER}|\s*\(\s*{NUMBER})?{MARKS}(?:{WORDS})?{MARKS}"
)
DIGITS = re.compile(r"\d+")


def is_page_number(text: str) -> bool:
    """Whether `text` has nothing but a page's number and words for it.

    >>> [is_page_number(t) for t in ("- 3 -", "Page 3 of 10", "第 3 页", "xii", "Turnout 61%", "I")]
    [True, True, True, True, False, True]
    """
    return PAGE_NUMBER.fullmatch(text) is not None
