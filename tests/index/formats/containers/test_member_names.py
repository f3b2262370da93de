"""Names of members are decoded as the system wrote that packed the archive."""

import io
import tarfile
import zipfile
import zlib

import pytest

from index.formats.containers.member_names import guess, plausibility, tar_name, zip_names
from tests.support.reading import Read

TEXT = "The keeper counted nine ships before noon and wrote them into his book."
NAMES = {
    "cp936": ["新闻/港口关闭.txt", "灯塔.txt", "关于春节的通知.txt", "北京2024年报告.txt"],
    "cp932": ["台風ニュース.txt", "港.txt", "お知らせ.txt", "議事録.txt", "ソース/表.txt"],
    "cp866": ["маяк.txt", "Новости/Порт.txt", "ОТЧЁТ 2024.txt", "чай.txt", "Київ.txt"],
    "cp437": ["café.txt", "Übersicht.txt", "für.txt", "naïve/Müller.txt", "señor.txt"],
    "cp949": ["한국뉴스/서울항구.txt"],
    "cp950": ["新聞/燈塔關閉.txt", "臺北市.txt", "會議記錄.txt"],
}  # fmt: skip


def packed(names: dict[bytes, bytes]) -> bytes:
    """A zip whose names are these bytes, unmarked, each with its extra field."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for letter, (name, extra) in zip("ABCDEFG", names.items(), strict=False):
            member = zipfile.ZipInfo(letter * len(name))
            member.extra = extra
            archive.writestr(member, TEXT)
    data = file.getvalue()
    for letter, name in zip("ABCDEFG", names, strict=False):
        data = data.replace((letter * len(name)).encode(), name)
    return data


@pytest.mark.parametrize(
    ("encoding", "name"), [(code, name) for code, names in NAMES.items() for name in names]
)
def test_one_name_is_enough(encoding: str, name: str) -> None:
    assert guess([name.encode(encoding)]) == encoding


@pytest.mark.parametrize("encoding", NAMES)
def test_all_names_of_an_archive_share_an_encoding(encoding: str) -> None:
    names = [f"{i}/d/{name}" for i, name in enumerate(NAMES[encoding])]
    with zipfile.ZipFile(
        io.BytesIO(packed(dict.fromkeys((n.encode(encoding) for n in names), b"")))
    ) as archive:
        assert zip_names(archive.infolist()) == names


def test_places_of_members(read: Read) -> None:
    names = ["新闻/灯塔关闭.txt", "b.txt"]
    articles = read("a.zip", packed(dict.fromkeys((n.encode("gbk") for n in names), b"")))
    assert [article.place for article in articles] == [f"a.zip#{name}" for name in names]
    assert [article.text for article in articles] == [TEXT] * 2


@pytest.mark.parametrize("name", ["marée.txt", "新闻.txt", "マヤク.txt"])
def test_unmarked_utf8_is_recognised(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(packed({name.encode(): b""}))) as archive:
        assert zip_names(archive.infolist()) == [name]


def test_a_unicode_path_counts_if_it_belongs_to_the_name() -> None:
    for name, expected in ((b"caf\x82.txt", "海.txt"), (b"other.", "café.txt")):
        field = b"\x01" + zlib.crc32(name).to_bytes(4, "little") + "海.txt".encode()
        extra = b"\x75\x70" + len(field).to_bytes(2, "little") + field
        with zipfile.ZipFile(io.BytesIO(packed({b"caf\x82.txt": extra}))) as archive:
            assert zip_names(archive.infolist()) == [expected]


def test_names_in_no_known_encoding_are_taken_as_the_format_demands() -> None:
    assert guess([b"\xb0\xb1\xb2\xdb\xff.txt"]) == "cp437"
    assert plausibility(b"\xff\xff", "cp936") == 0
    assert plausibility(b"plain", "cp936") == 1


def test_a_backslash_within_a_character_leads_nowhere(read: Read) -> None:
    name = "ソース表示.txt"
    assert b"\\" in name.encode("cp932")
    [article] = read("a.zip", packed({name.encode("cp932"): b""}))
    assert article.place == f"a.zip#{name}"


def test_a_name_that_leads_outside_once_it_is_decoded_is_refused(read: Read) -> None:
    [refused] = read("a.zip", packed({"../台風ニュース.txt".encode("cp932"): b""}))
    assert "leads outside" in refused.why


def test_tar_names(read: Read) -> None:
    assert tar_name("naïve.txt") == "naïve.txt"
    assert tar_name("bad\udcff\udcfe.txt") == "bad\udcff\udcfe.txt"
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tarfile.GNU_FORMAT, encoding="gbk") as archive:
        member = tarfile.TarInfo("灯塔关闭.txt")
        member.size = len(TEXT)
        archive.addfile(member, io.BytesIO(TEXT.encode()))
    [article] = read("a.tar", file.getvalue())
    assert article.place == "a.tar#灯塔关闭.txt"
