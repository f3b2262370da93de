"""Take out of a web page what asks its reader for something: consent dialogs and sign-up forms.

Only what the markup itself says counts, not words or class names.
"""

from collections.abc import Mapping

from lxml.etree import XPath
from lxml.etree import _Element as Element

from .tree import drop, lengths

DIALOGS = ("dialog", "alertdialog")
MAY_BE_DIALOG = XPath("descendant::*[@role or self::dialog or self::amp-consent]")
CONTAINERS = {"div", "section", "aside", "form", "fieldset"}
MAX_SHARE = 0.4  # of a page's text; an overlay of more may be the article itself
MAX_FORM = 400  # characters around a field for an address


def drop_overlays(root: Element) -> None:
    """Change the tree in place."""
    dialogs = {element for element in MAY_BE_DIALOG(root) if _is_dialog(element)}
    fields = [e for e in root.iter("input") if (e.get("type") or "").lower() == "email"]
    if not dialogs and not fields:
        return
    containers = set(root.iter(*CONTAINERS)) if fields else set()
    sizes = lengths(root, {root} | dialogs | containers)
    found = dialogs.union(*(_sign_up(field, sizes) for field in fields))
    drop([e for e in sizes if e in found and sizes[e] <= MAX_SHARE * sizes[root]])


def _is_dialog(element: Element) -> bool:
    role = (element.get("role") or "").lower()
    return role in DIALOGS or element.tag in ("dialog", "amp-consent")


def _sign_up(field: Element, sizes: Mapping[Element, int]) -> list[Element]:
    """Return the largest small container around a field, if there is one."""
    found: list[Element] = []
    for container in field.iterancestors():
        if container.tag not in CONTAINERS or sizes[container] > MAX_FORM:
            break
        found = [container]
    return found
