"""Web pages become blocks of plain text, hostile ones too."""

import pytest

from qa.source_view.blocks import Block, Fact
from qa.source_view.web_page import page_blocks

PAGE = """<!doctype html><html><head><title>Ships &amp; boats</title>
<meta name=author content="Ann Lee"><meta name=generator content="x"><meta name=date content="">
</head>
<body><nav><ul><li><a href="/">Home</a></li></ul></nav>
<article><h2>Nine <em>ships</em></h2><p>It rained.<br>All day.</p>
<ol><li>First <b>one</b><ul><li>inner</li></ul></li><li>Second</li></ol>
<table><caption>Catch</caption><tr><th>Boat</th><th>Tons</th></tr><tr><td><p>Anna</p></td><td>3.5</td></tr></table>
<blockquote><p>We could not wait.</p></blockquote><pre>a  b
 c</pre><figure><img src=x alt=y><figcaption>A quay</figcaption></figure></article></body></html>"""


def blocks(html: str) -> list[Block]:
    return page_blocks(html.encode())[1]


def texts(html: str) -> list[str]:
    return [block.text for block in blocks(html)]


def test_structure_is_kept_as_blocks() -> None:
    facts, found = page_blocks(PAGE.encode())
    assert facts == [Fact("title", "Ships & boats"), Fact("author", "Ann Lee")]
    assert [(block.kind, block.level, block.text) for block in found] == [
        ("item", 1, "Home"),
        ("heading", 2, "Nine ships"),
        ("paragraph", 0, "It rained.\nAll day."),
        ("item", 1, "1. First one"),
        ("item", 2, "inner"),
        ("item", 1, "2. Second"),
        ("caption", 0, "Catch"),
        ("row", 0, "Boat | Tons"),
        ("row", 0, "Anna | 3.5"),
        ("quote", 0, "We could not wait."),
        ("code", 0, "a  b\n c"),
        ("caption", 0, "A quay"),
    ]


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>evil()</script>", "<style>evil{}</style>", "<svg><script>evil()</script></svg>",
        "<template>evil</template>", "<noscript>evil</noscript>",
        "<iframe srcdoc=evil>evil</iframe>", "<object data=evil>evil</object>",
        "<img src=x onerror=evil()>", "<!-- evil -->",
        "<meta http-equiv=refresh content='0;url=//evil'>", "<base href=//evil>",
        "<link rel=stylesheet href=//evil>", "<p hidden>evil</p>",
        "<p style='display:none'>evil</p>",
        "<textarea>evil</textarea>", "<select><option>evil</select>", "<?php evil() ?>",
        "<audio src=evil>evil</audio>", "<a href='javascript:evil()' onclick=evil()></a>",
    ],
)  # fmt: skip
def test_what_runs_loads_or_hides_is_not_shown(hostile: str) -> None:
    found = texts(f"<body><p>It rained all day on the quay.</p>{hostile}<p>Fog came.</p></body>")
    assert found == ["It rained all day on the quay.", "Fog came."]


def test_markup_in_text_stays_text() -> None:
    assert texts("<p>&lt;script&gt;evil()&lt;/script&gt;</p>") == ["<script>evil()</script>"]


@pytest.mark.parametrize(
    "html", ["", " ", "<", "<html", "<p>a\x01b</p>", "<p>" * 50_000 + "deep", "<b>" * 3_000,
             "<table><tr><td>" * 2_000 + "deep", "</p></p></tr>", "<ul>" * 9 + "<li>x"],
)  # fmt: skip
def test_broken_and_deep_pages_do_no_harm(html: str) -> None:
    assert all(isinstance(text, str) for text in texts(html))


def test_the_encoding_that_was_stated_beside_the_page_is_used() -> None:
    data = "<p>Żółw idzie przez port w Gdyni.</p>".encode("iso-8859-2")
    assert page_blocks(data, "iso-8859-2")[1][0].text == "Żółw idzie przez port w Gdyni."
