"""Formulas keep their meaning on one line."""

import pytest

from index.formats.documents.docx_body import Body
from tests.support.word_markup import element, paragraph


def r(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def power(base: str, exponent: str) -> str:
    return f"<m:sSup><m:e>{base}</m:e><m:sup>{exponent}</m:sup></m:sSup>"


def fraction(above: str, below: str) -> str:
    return f"<m:f><m:fPr/><m:num>{above}</m:num><m:den>{below}</m:den></m:f>"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (r("Marta Lind"), "Marta Lind"),
        (power(r("10"), r("6")), "10^6"),
        (power(r("10"), r("-6")), "10^-6"),
        (power(r("e"), r("x+1")), "e^(x+1)"),
        (power(r("2"), r("n")), "2^n"),
        (fraction(r("1"), r("2")), "1/2"),
        (fraction(r("a+b"), r("2")), "(a+b)/2"),
        (fraction(fraction(r("1"), r("2")), r("3")), "(1/2)/3"),
        (f"<m:sSub><m:e>{r('x')}</m:e><m:sub>{r('1')}</m:sub></m:sSub>", "x_1"),
        (f"<m:rad><m:deg/><m:e>{r('2')}</m:e></m:rad>", "√2"),
        (f"<m:rad><m:deg>{r('3')}</m:deg><m:e>{r('a+b')}</m:e></m:rad>", "³√(a+b)"),
        (f"<m:d><m:e>{r('a')}</m:e><m:e>{r('b')}</m:e></m:d>", "(a, b)"),
        (
            '<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>'
            f"<m:sub>{r('i=1')}</m:sub><m:sup>{r('9')}</m:sup><m:e>{r('i')}</m:e></m:nary>",
            "∑_(i=1)^9 i",
        ),
        (
            f"<m:m><m:mr><m:e>{r('1')}</m:e><m:e>{r('2')}</m:e></m:mr>"
            f"<m:mr><m:e>{r('3')}</m:e><m:e>{r('4')}</m:e></m:mr></m:m>",
            "(1 2; 3 4)",
        ),
    ],
)
def test_formula(markup: str, text: str) -> None:
    content = paragraph("It is ", f"<m:oMath>{markup}</m:oMath>", " long.")
    assert list(Body().blocks(element(content))) == [f"It is {text} long."]
    content = f"<m:oMathPara><m:oMath>{markup}</m:oMath></m:oMathPara>"
    assert list(Body().blocks(element(paragraph(content)))) == [text]
