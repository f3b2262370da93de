"""XML is parsed without expanding entities or reading anything else."""

import pytest

from index.errors import UnreadableError
from index.formats.xml import attribute, local_name, parse_xml


def test_names_and_attributes_without_namespaces() -> None:
    root = parse_xml(b"<a xmlns='urn:x' xmlns:y='urn:y' y:b='1'><!-- c --></a>")
    assert (local_name(root), local_name(root[0])) == ("a", "")
    assert (attribute(root, "b"), attribute(root, "c")) == ("1", None)


@pytest.mark.parametrize("value", ["'ha'", "SYSTEM '/etc/hostname'"])
def test_entities_are_not_expanded(value: str) -> None:
    root = parse_xml(f"<!DOCTYPE a [<!ENTITY e {value}>]><a>x&e;y</a>".encode())
    assert root.text == "x"
    assert root[0].text == "&e;"


def test_broken_xml_is_refused() -> None:
    with pytest.raises(UnreadableError, match="cannot be parsed"):
        parse_xml(b"<a>")
