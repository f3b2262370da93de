"""Formulas become one line."""

import lxml.html
import pytest

from index.formats.web.formula import linear


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<mi>a</mi><mo>=</mo><mn>4</mn>", "a=4"),
        ("<msup><mn>10</mn><mn>6</mn></msup>", "10^6"),
        ("<msub><mi>x</mi><mn>1</mn></msub>", "x_1"),
        ("<mfrac><mn>1</mn><mrow><mi>a</mi><mo>+</mo><mn>2</mn></mrow></mfrac>", "1/(a+2)"),
        ("<msqrt><mn>2</mn></msqrt>", "√2"),
        ("<semantics><mi>E</mi><annotation>\\TeX</annotation></semantics>", "E"),
    ],
)
def test_formulas(formula: str, text: str) -> None:
    assert linear(lxml.html.fragment_fromstring(f"<math>{formula}</math>")) == text
