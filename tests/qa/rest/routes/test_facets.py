"""What articles name, over HTTP."""

from tests.qa.rest.conftest import Post


def test_what_articles_name_is_counted_and_narrows_questions(post: Post) -> None:
    found = post("facets", language="en").json()
    assert (found["articles"], found["read"], found["total"]) == (2, 2, 2)
    (day, _) = sorted(value["key"] for value in found["days"])
    assert post("facets", names=[day]).json()["articles"] == 1
    assert post("facets", question="bridge euros", most=1).json()["days"][0]["articles"]
    hits = post("search", question="ferry or bridge", names=[day]).json()["passages"]
    assert {hit["article_id"] for hit in hits} == {"ferry"}


def test_a_name_that_no_article_has_is_an_error(post: Post) -> None:
    for name in ("facets", "search", "answer", "timeline"):
        refused = post(name, question="Who?", names=["Nobody"])
        assert (refused.status_code, "names 'Nobody'" in refused.json()["detail"]) == (422, True)
