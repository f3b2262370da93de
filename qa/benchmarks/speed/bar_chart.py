"""Draw p50 and p95 of each stage as an SVG bar chart, legible on light and dark pages."""

from collections.abc import Mapping
from html import escape

WIDTH, LEFT, RIGHT, ROW, TOP = 720, 110, 130, 26, 46
COLOURS = ("#4c78a8", "#9ecae9")  # up to the median, and from there to the 95th percentile
TEXT = "#808890"  # between black and white


def bar_chart(
    title: str, stages: Mapping[str, tuple[float, float]], total: tuple[float, float]
) -> str:
    """Return the SVG of (p50, p95) in milliseconds by stage; `total` is the whole question's."""
    rows = {**stages, "all": total}
    scale = (WIDTH - LEFT - RIGHT) / max(1e-9, *(p95 for _, p95 in rows.values()))
    height = TOP + ROW * len(rows) + 10
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'font-family="sans-serif" font-size="13" fill="{TEXT}">',
        f"<title>{escape(title)}</title>",
        f'<text x="{LEFT}" y="20">{escape(title)}: ms, p50 and (lighter) p95</text>',
    ]
    for number, (stage, (p50, p95)) in enumerate(rows.items()):
        y = TOP + ROW * number
        lines += [
            f'<text x="{LEFT - 8}" y="{y + 13}" text-anchor="end">{escape(stage)}</text>',
            _bar(y, p95 * scale, COLOURS[1]),
            _bar(y, p50 * scale, COLOURS[0]),
            f'<text x="{LEFT + p95 * scale + 6:.0f}" y="{y + 13}">{p50:.1f} / {p95:.1f}</text>',
        ]
    return "\n".join([*lines, "</svg>"]) + "\n"


def _bar(y: int, length: float, colour: str) -> str:
    return f'<rect x="{LEFT}" y="{y}" width="{length:.1f}" height="17" fill="{colour}"/>'
