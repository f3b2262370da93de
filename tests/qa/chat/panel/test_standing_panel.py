"""The panel: questions and news as text, in two languages."""

from qa.chat.panel.standing_panel import standing_html
from qa.standing.records import Cited, KnownAnswer, News, StandingQuestion
from qa.standing.shared import View

CITED = Cited("It cost 9.", "Bridge", "2025-01-02", "a.txt", None, "/#/a/x/1-2")
KNOWN = KnownAnswer("9", "It cost 9.", 0.9, (CITED,))
HOSTILE = "<img src=x onerror=alert(1)> **b** $x$ __i18n__ \u202e"
NEWS = News(
    3, "0" * 32, 1, "news", HOSTILE, {}, "answered", "2026-11-28T08:00:00+00:00",
    KnownAnswer(None), KNOWN,
)  # fmt: skip


def question(number: int, **changes: object) -> StandingQuestion:
    fields: dict[str, object] = {"filters": {"language": "de"}, "feed": "news", "created": ""}
    return StandingQuestion(number, HOSTILE, **{**fields, **changes})  # type: ignore[arg-type]


def test_questions_and_news_are_text() -> None:
    view = View((question(1, answer=KNOWN), question(2)), (NEWS,), 2, frozenset({1}))
    shown = standing_html(view, "en", changeable=True)
    assert "<img" not in shown
    assert "\u202e" not in shown
    for phrase in ("qa-fresh", "2026&#45;11&#45;28", "not asked yet", "German"):
        assert phrase in shown
    assert shown.count('class="qa-act qa-forget"') == 2
    assert 'href="/feeds/news.atom"' in shown.replace("&#47;", "/").replace("&#46;", ".")


def test_what_cannot_be_removed_has_no_button() -> None:
    view = View((question(1, program=("notify",)),), (), 120)
    shown = standing_html(view, "zh", changeable=True)
    assert "qa-forget" not in shown
    assert "会运行程序" in shown
    assert "另有 119 个较早的问题" in shown
    assert "qa-forget" not in standing_html(View((question(1),)), "en", changeable=False)


def test_an_empty_list_says_how_to_fill_it() -> None:
    assert "under an answer adds its question" in standing_html(View(), "en", changeable=True)
