"""Characters of RTF in every way that it states them."""

import pytest

from index.formats.rich_text.group import BODY, NOTE
from index.formats.rich_text.interpreter import Interpreter


def text_of(body: str | bytes) -> str:
    found = Interpreter()
    found.run(b"{\\rtf1\\ansi " + (body if isinstance(body, bytes) else body.encode()) + b"}")
    assert found.complete
    return found.text(BODY)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"\'e9t\'e9", "été"),
        (r"{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset134 B;}}\f1\'b5\'c6\'cb\'fe\f0\'e9", "灯塔é"),
        (r"{\fonttbl{\f1\fcharset204 B;}}{\f1 \'d1\'ee}\'e9", "Соé"),
        (r"\ansicpg932 \'83\'5c\\", "ソ\\"),
        (r"\u28783?\u22612 \'3f x", "灯塔x".replace("x", " x")),
        (r"{\uc0\u28783 x}\u28783?y", "灯x灯y"),
        (r"\uc2\u28783\'b5\'c6y", "灯y"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"\u-10179?x", "\ufffdx"),
        (r"a\~b\_c\-d\{\}\\", "a\u00a0b\u2011cd{}\\"),
        (r"\ldblquote a\rdblquote\emdash b\tab c", "“a”—b\tc"),
        (r"{\upr{\b x}{\*\ud{\u28783 ?}}}", "灯"),
        ("a\nb\r\nc", "abc"),
        (r"\mac\'8e", "é"),
        (r"\ansicpg99999 \'e9\ansicpg65001 \'c3\'a9", "éé"),
        (r"{\*\x a}{\x b}", "b"),
        (b"\\bin3 }}}a", "a"),
        (r"{\listtext\pard 1.\tab}One{\pntext (\i a\i0 )\tab}Two", "1. One(a) Two"),
        (r"{\fonttbl{\f3\fcharset2 Symbol;}}{\listtext\f3 \'b7\tab}5 \f3\'6d\plain m", "5 μm"),
        (r"{\fonttbl{\f3\fcharset2 Symbol{\*\falt x};}}\f3\u-3987\'6d", "μ"),
        (r"10{\super 6} ships, 5 km{\super 2}", "10^6 ships, 5 km²"),
        (r"10\super 6\nosupersub  ships", "10^6 ships"),
        (r"{\fonttbl{\f0\fcharset204 B;}}\deff0\'d1\plain\'ee", "Со"),
        (r"{\fonttbl{\f0\fcharset204 B;}{\f1\fcharset0 A;}}\deff0\f1\'e9", "é"),
    ],
)
def test_characters(body: str | bytes, text: str) -> None:
    assert text_of(body) == text


def test_what_follows_the_end_is_not_read() -> None:
    found = Interpreter()
    found.run(rb"{\rtf1 a{\footnote b}}c}{d")
    assert (found.text(BODY), found.text(NOTE)) == ("a", "b\n\n")
