"""Take out of a web page what asks its reader for something: consent dialogs and sign-up forms.

Only what the markup itself says counts, not words or class names.
"""

from lxml.etree import _Element as Element

from .visible import replace_by_text, text_of

DIALOGS = ("dialog", "alertdialog")
CONTAINERS = {"div", "section", "aside", "form", "fieldset"}
MAX_SHARE = 0.4  # of a page's text; an overlay of more may be the article itself
MAX_FORM = 400  # characters around a field for an address


def drop_overlays(root: Element) -> None:
    """Change the tree in place."""
    found = [e for e in root.iter() if isinstance(e.tag, str) and _is_dialog(e)]
    sizes: dict[Element, int] = {}  # of texts; a container may hold many fields
    found += [box for e in root.iter("input") if (box := _sign_up(e, sizes)) is not None]
    if not found:
        return
    most = MAX_SHARE * len(text_of(root))
    for element in found:
        if len(text_of(element)) <= most:
            replace_by_text(element, "")


def _is_dialog(element: Element) -> bool:
    role = (element.get("role") or "").lower()
    return role in DIALOGS or element.tag in ("dialog", "amp-consent")


def _sign_up(field: Element, sizes: dict[Element, int]) -> Element | None:
    """Return the largest small container around a field for an e-mail address."""
    if (field.get("type") or "").lower() != "email":
        return None
    found = None
    for container in field.iterancestors():
        if container not in sizes:
            sizes[container] = len(text_of(container))
        if container.tag not in CONTAINERS or sizes[container] > MAX_FORM:
            break
        found = container
    return found
