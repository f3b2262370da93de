"""A bar for each stage of a question, as SVG that reads on a light and on a dark page."""

from collections.abc import Mapping
from html import escape

WIDTH, LEFT, RIGHT, ROW, TOP = 720, 110, 130, 26, 46
COLOURS = ("#4c78a8", "#9ecae9")  # the median, and from there to the 95th percentile
TEXT = "#808890"  # between the two pages' colours


def bars(title: str, stages: Mapping[str, tuple[float, float]], whole: tuple[float, float]) -> str:
    """The picture of p50 and p95 in milliseconds by stage; `whole` is the whole question's."""
    rows = {**stages, "all": whole}
    scale = (WIDTH - LEFT - RIGHT) / max(1e-9, *(slow for _, slow in rows.values()))
    height = TOP + ROW * len(rows) + 10
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'font-family="sans-serif" font-size="13" fill="{TEXT}">',
        f"<title>{escape(title)}</title>",
        f'<text x="{LEFT}" y="20">{escape(title)}: ms, p50 and (lighter) p95</text>',
    ]
    for number, (stage, (half, slow)) in enumerate(rows.items()):
        y = TOP + ROW * number
        lines += [
            f'<text x="{LEFT - 8}" y="{y + 13}" text-anchor="end">{escape(stage)}</text>',
            _bar(y, slow * scale, COLOURS[1]),
            _bar(y, half * scale, COLOURS[0]),
            f'<text x="{LEFT + slow * scale + 6:.0f}" y="{y + 13}">{half:.1f} / {slow:.1f}</text>',
        ]
    return "\n".join([*lines, "</svg>"]) + "\n"


def _bar(y: int, length: float, colour: str) -> str:
    return f'<rect x="{LEFT}" y="{y}" width="{length:.1f}" height="17" fill="{colour}"/>'
