"""Members of a document that is a zip, by name."""

import io
import zipfile

import pytest

from index.errors import UnreadableError
from index.formats.containers.package import open_package
from tests.support.files import zipped
from tests.support.seed_streams import seed_of


def test_members_are_read_within_a_limit() -> None:
    with open_package(seed_of(zipped({"a.xml": "<a/>"}), "a.odt", depth=1)) as package:
        assert "a.xml" in package
        assert package.read("a.xml") == b"<a/>"
        with pytest.raises(UnreadableError, match="lacks its part 'b"):
            package.read("b.xml")
        with pytest.raises(UnreadableError, match="over 0 MB of markup"):
            package.read("a.xml", 3)


def test_unusual_compression_and_other_files_are_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a", "b")
    unusual = pytest.raises(UnreadableError, match="compressed in an unusual way")
    with open_package(seed_of(file.getvalue())) as package, unusual:
        package.read("a")
    with pytest.raises(UnreadableError, match="of another kind"), open_package(seed_of("words")):
        pass
