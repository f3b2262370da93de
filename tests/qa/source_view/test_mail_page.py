"""The head of an e-mail, as it is or broken."""

import pytest

from qa.source_view.blocks import Fact
from qa.source_view.mail_page import MAX_ATTACHED, MAX_FACT, mail_facts

MAIL = b"""From: =?utf-8?q?Anna_Ree=C3=BFs?= <anna@larnik.example>
To: desk@larnik.example,
 night@larnik.example
Date: Tue, 28 Oct 2025 10:00:00 +0100
Subject: =?utf-8?b?6LW36YeN5py6?=
X-Other: no
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

It rained.
--b
Content-Type: application/pdf
Content-Disposition: attachment; filename="report <b>.pdf"

x
--b--
"""


def test_the_head_is_decoded() -> None:
    assert mail_facts(MAIL) == [
        Fact("from", "Anna Reeÿs <anna@larnik.example>"),
        Fact("to", "desk@larnik.example, night@larnik.example"),
        Fact("date", "Tue, 28 Oct 2025 10:00:00 +0100"),
        Fact("subject", "起重机"),
        Fact("attached", "report <b>.pdf"),
    ]


@pytest.mark.parametrize(
    "data",
    [b"", b"no head", b"From: \xff\xfe <\n\n", b"Date: not a day\nSubject:\n\n", b"To: " + b"a" * 9,
     b"From: =?utf-8?b?!!?=\nTo: ,,;<>\"\n\n", b"Content-Type: multipart/mixed\n\n--x"],
)  # fmt: skip
def test_a_broken_head_does_no_harm(data: bytes) -> None:
    assert all(fact.value for fact in mail_facts(data))


def test_long_heads_are_cut() -> None:
    to = ", ".join(f"a{n}@larnik.example" for n in range(3_000))
    (fact,) = mail_facts(f"To: {to}\n\nIt rained.".encode())
    assert len(fact.value) == MAX_FACT
    part = "--b\nContent-Disposition: attachment; filename=a{}.txt\n\nx\n"
    many = "".join(part.format(n) for n in range(200))
    head = "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n"
    assert len(mail_facts(f"{head}{many}--b--".encode())) == 1 + MAX_ATTACHED
