"""Which articles are held out."""

from qa.training.corpus.held_out import article_key, is_held_out


def test_about_one_article_in_ten_is_held_out() -> None:
    held = sum(is_held_out(f"Title {n}", "") for n in range(5000))
    assert 420 < held < 580


def test_paragraphs_of_one_title_are_on_one_side() -> None:
    for title in ("Paris", "Oslo", "Rome", "北京", "Nara", "Lima", "Cairo", "Riga"):
        assert len({is_held_out(title, f"Paragraph {n}.") for n in range(20)}) == 1


def test_untitled_texts_are_articles_of_their_own() -> None:
    assert article_key("", "A text.") == "A text."
    assert {is_held_out("", f"Text {n}.") for n in range(200)} == {True, False}


def test_the_rule_does_not_change() -> None:
    # a changed rule would train on what earlier readers were measured with
    assert [n for n in range(40) if is_held_out(f"Title {n}", "")] == [8, 9, 14, 28, 39]
