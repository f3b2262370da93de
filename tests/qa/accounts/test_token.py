"""Tokens: made, recognised, and kept without their secrets."""

import datetime
import json

import pytest

from index.errors import ArchiveError
from qa.accounts.roles import Role
from qa.accounts.token import FORM, from_json, is_secret, new_token, now, split


def test_a_token_s_secret_has_256_bits_and_is_not_kept() -> None:
    token, text = new_token("anna", Role.ADD)
    public, secret = split(text) or ("", "")
    assert (token.id, len(secret)) == (public, 43)
    assert secret not in json.dumps(token.as_json())
    assert is_secret(token, secret)
    assert not is_secret(token, secret[:-1] + ("A" if secret[-1] != "A" else "B"))
    assert not is_secret(None, secret)
    assert new_token("anna", Role.ADD)[1] != text


@pytest.mark.parametrize(
    "text", ["", "aqa_", "aqa_aaaaaaaa_", "aqa_AAAAAAAA_" + "a" * 43, "aqa_aaaaaaaa_" + "a" * 44,
             "aqa_aaaaaaaa_" + "é" * 43, "aqa_aaaaaaaa_" + "a" * 43 + "\n", "x" * 100_000],
)  # fmt: skip
def test_other_texts_have_not_the_form_of_a_token(text: str) -> None:
    assert split(text) is None


def test_a_token_is_valid_until_it_expires() -> None:
    token, text = new_token("anna", Role.ASK, days=2)
    assert FORM.fullmatch(text)
    day = datetime.timedelta(days=1)
    assert token.valid(now() + day)
    assert not token.valid(now() + 2 * day)
    assert (token.state(now()), token.state(now() + 3 * day)) == ("valid", "expired")


def test_it_is_read_as_it_was_written() -> None:
    sites = ("https://news.example",)
    for token, _ in (new_token("anna", Role.ADMIN, 30), new_token("site", Role.ASK, None, sites)):
        assert from_json(json.loads(json.dumps(token.as_json()))) == token


@pytest.mark.parametrize(
    "wrong",
    [
        {"sha256": "0" * 63}, {"sha256": "../" + "0" * 61}, {"id": "AAAAAAAA"}, {"role": "root"},
        {"created": "yesterday"}, {"created": "2026-01-01T00:00:00"}, {"name": "a\nb"},
        {"sites": ["javascript:alert(1)"]}, {"expires": 5},
    ],
)  # fmt: skip
def test_damaged_values_are_refused(wrong: dict[str, object]) -> None:
    token, _ = new_token("anna", Role.ASK)
    with pytest.raises((ValueError, TypeError, ArchiveError)):
        from_json({**token.as_json(), **wrong})


@pytest.mark.parametrize(
    "name", ["", " ", "a\nb", "a\x1b[2J", "x" * 65, "(command line)", "-a", "a "]
)
def test_names_are_short_and_printable(name: str) -> None:
    with pytest.raises(ArchiveError, match="no name for a token") as raised:
        new_token(name, Role.ASK)
    assert str(raised.value).isprintable()


def test_values_that_cannot_be_are_refused() -> None:
    with pytest.raises(ArchiveError, match="0 days"):
        new_token("anna", Role.ASK, days=0)
    with pytest.raises(ArchiveError, match="read by everybody: --role ask, not admin"):
        new_token("site", Role.ADMIN, sites=("https://news.example",))
