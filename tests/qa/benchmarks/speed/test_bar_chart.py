"""The SVG of the stages."""

from xml.etree import ElementTree

from qa.benchmarks.speed.bar_chart import bar_chart


def test_the_chart_is_well_formed_and_labels_every_stage() -> None:
    chart = ElementTree.fromstring(bar_chart("a < b", {"read": (2.0, 4.0)}, (3.0, 5.0)))
    texts = [e.text for e in chart.iter() if e.text and e.text.strip()]
    assert texts[0] == "a < b"
    assert texts[2:] == ["read", "2.0 / 4.0", "all", "3.0 / 5.0"]


def test_bars_are_as_long_as_their_times() -> None:
    chart = ElementTree.fromstring(bar_chart("x", {"read": (2.0, 4.0)}, (3.0, 8.0)))
    widths = [float(e.get("width", "")) for e in chart.iter() if e.tag.endswith("rect")]
    assert widths[0] == 2 * widths[1]  # p95 behind p50
    assert widths[2] == 2 * widths[0]
