"""EPUBs made for a test."""

from collections.abc import Mapping, Sequence

from tests.support.files import zipped

CONTAINER = """<?xml version="1.0"?><container
 xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/content.opf"/></rootfiles></container>"""
OPF = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Light</dc:title>
<dc:creator>K. Eeper</dc:creator><dc:creator>A. Other</dc:creator>
<dc:date opf:event="modification">2026-01-01</dc:date><dc:date>2025-10-28</dc:date>
<dc:language>en-GB</dc:language></metadata>
<manifest>{items}</manifest><spine>{refs}</spine></package>"""
PAGE = """<?xml version="1.0" encoding="utf-8"?>{prolog}
<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>{body}</body></html>"""
ITEM = '<item id="{}" href="{}" media-type="{}" properties="{}"/>'
XHTML, NCX = "application/xhtml+xml", "application/x-dtbncx+xml"


def epub(
    pages: Mapping[str, str],
    contents: Sequence[tuple[str, str]],
    ncx: bool = False,
    prolog: str = "",
    opf: str = OPF,
    encrypted: Mapping[str, str] | None = None,
) -> bytes:
    """A book.

    Args:
        pages: Name -> the inside of its body.
        contents: Address and title of each chapter.
        ncx: Whether the table of contents is that of EPUB 2.
        prolog: What comes before the root element of each page.
        opf: The package document.
        encrypted: Name -> method.
    """
    items = [ITEM.format(i, name, XHTML, "") for i, name in enumerate(pages)]
    refs = [f'<itemref idref="{i}"/>' for i in range(len(pages))]
    items.append(ITEM.format("nav", "nav", NCX if ncx else XHTML, "" if ncx else "nav"))
    entries = [(address, title.replace("&", "&amp;")) for address, title in contents]
    if ncx:
        points = "".join(
            f"<navPoint><navLabel><text>{title}</text></navLabel>"
            f"<content src='{address}'/></navPoint>"
            for address, title in entries
        )
        nav = f"<ncx xmlns='http://www.daisy.org/z3986/2005/ncx/'><navMap>{points}</navMap></ncx>"
    else:
        links = "".join(f"<a href='{address}'>{title}</a>" for address, title in entries)
        nav = f"<html xmlns='http://www.w3.org/1999/xhtml'><nav>{links}</nav></html>"
    data = "".join(
        f"<EncryptedData><EncryptionMethod Algorithm='{method}'/>"
        f"<CipherReference URI='OEBPS/{name}'/></EncryptedData>"
        for name, method in (encrypted or {}).items()
    )
    book = opf.replace("{items}", "".join(items)).replace("{refs}", "".join(refs))
    return zipped({
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        **({"META-INF/encryption.xml": f"<encryption>{data}</encryption>"} if data else {}),
        "OEBPS/content.opf": book,
        "OEBPS/nav": nav,
        **{f"OEBPS/{name}": PAGE.format(prolog=prolog, body=body) for name, body in pages.items()},
    })  # fmt: skip
