"""Are pages and mails read in the encoding they state: `python -m index.benchmarks.encodings`.

A text in each of 38 encodings, in four containers: a web page that states it in <meta>, a web
archive whose server states it, a mail, and plain text, which states nothing. A cell is right if
every word of the text is in the article.
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from pathlib import Path

import opencc

from index.article import Article
from index.errors import run
from index.ingest.reading import read_articles

from .pages.content import languages, make_content

# label -> language of the text
LABELS = {
    "utf-8": "hi", "utf-16le": "fa", "utf-16be": "ko",
    "windows-1252": "de", "iso-8859-1": "fr", "iso-8859-15": "es", "macintosh": "fr",
    "iso-8859-10": "sv", "windows-1250": "pl", "iso-8859-2": "pl", "iso-8859-16": "pl",
    "windows-1251": "ru", "koi8-r": "ru", "koi8-u": "uk", "iso-8859-5": "ru", "ibm866": "ru",
    "x-mac-cyrillic": "ru", "windows-1253": "el", "iso-8859-7": "el", "windows-1254": "tr",
    "iso-8859-9": "tr", "windows-1255": "he", "iso-8859-8": "he", "windows-1256": "ar",
    "iso-8859-6": "ar", "windows-1257": "lt", "iso-8859-13": "lt", "iso-8859-4": "lt",
    "windows-874": "th", "tis-620": "th", "gbk": "zh", "gb2312": "zh", "gb18030": "zh",
    "big5": "zh-tw", "shift_jis": "ja", "euc-jp": "ja", "iso-2022-jp": "ja", "euc-kr": "ko",
}  # fmt: skip
CODECS = {"macintosh": "mac-roman", "x-mac-cyrillic": "mac-cyrillic", "windows-874": "cp874"}
MORE = {
    "lt": "Miestas pirmadienį rytą atidarė naują uostą, į kurį telpa šimtas laivų. Merė sakė, kad "
    "jis kainavo daug pinigų ir buvo statomas ketverius metus. Žvejų valtys moka už vietą prie "
    "ilgos krantinės. Senasis uostas pavasarį buvo uždarytas, nes jame trūko vietos.",
    "th": "เมืองเปิดท่าเรือใหม่เมื่อเช้าวันจันทร์ ท่าเรือนี้รับเรือได้หนึ่งร้อยลำ "
    "นายกเทศมนตรีกล่าวว่าใช้เงินมากและใช้เวลาสร้างสี่ปี "
    "เรือประมงจ่ายเงินเพื่อจอดที่ท่ายาว ท่าเรือเก่าปิดไปเมื่อต้นปีเพราะมีที่ไม่พอ",
}
CELLS = {True: "yes", False: "NO"}
CONTAINERS = ("html", "warc", "eml", "txt")


def text_for(language: str) -> str:
    """Return a short text in a language."""
    base = language.partition("-")[0]
    if base not in languages():
        return MORE[base]
    text = "\n\n".join("".join(p) for p in make_content(base, 7).paragraphs[:4])
    return str(opencc.OpenCC("s2tw").convert(text)) if language == "zh-tw" else text


def pack(text: str, label: str, container: str) -> bytes:
    """Return a file of the kind `container` that holds `text` in the encoding `label`."""
    codec = CODECS.get(label, label)
    data = text.encode(codec)
    if container == "txt":
        return data
    if container == "eml":
        mail = EmailMessage()
        mail["Subject"] = "News"
        mail.set_content(data, "text", "plain", cte="base64")
        mail.set_param("charset", label)
        return mail.as_bytes()
    paragraphs = "".join(f"<p>{p}</p>" for p in text.split("\n\n"))
    own = f'<meta charset="{label}">' if container == "html" else ""
    page = f"<html><head>{own}<title>News</title></head><body><article>{paragraphs}</article>"
    return page.encode(codec) if container == "html" else _warc(page.encode(codec), label)


def _warc(page: bytes, label: str) -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={label}\r\n\r\n".encode() + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\n"
        "WARC-Date: 2025-10-28T08:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def is_right(label: str, container: str, folder: Path) -> bool:
    """Whether the text is read word for word."""
    text = text_for(LABELS[label])
    file = folder / f"a.{container}"
    file.write_bytes(pack(text, label, container))
    read = [item.text for item in read_articles(file, file.name) if isinstance(item, Article)]
    return " ".join(text.split()) in " ".join(" ".join(read).split())


def rows() -> Iterator[tuple[str, tuple[bool, ...]]]:
    """Yield each label with what is right of `CONTAINERS`."""
    with tempfile.TemporaryDirectory(prefix="archive-qa-") as folder:
        for label in LABELS:
            yield label, tuple(is_right(label, kind, Path(folder)) for kind in CONTAINERS)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; print the table."""
    argparse.ArgumentParser(
        prog="python -m index.benchmarks.encodings",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    ).parse_args(arguments)
    print(f"{'label':<16}{''.join(f'{kind:>7}' for kind in CONTAINERS)}")
    found = dict(rows())
    for label, right in found.items():
        print(f"{label:<16}{''.join(f'{CELLS[r]:>7}' for r in right)}")
    totals = (sum(column) for column in zip(*found.values(), strict=True))
    print(f"{f'of {len(found)}':<16}{''.join(f'{total:>7}' for total in totals)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(run(main))
