"""Templates are safe by default: what they forget is escaped, and they cannot turn that off."""

import re
import subprocess
import sys
from pathlib import Path

import jinja2
import pytest
from jinja2 import DictLoader, nodes

from qa.chat.rendering import FILTERS, TEMPLATES, environment, render
from tests.support.fakes import ROOT
from tests.support.hostile import HOSTILE, ParsedHtml

FILES = sorted(TEMPLATES.iterdir())
SAFE_ALLOWED: set[str] = set()  # templates that may use the filter `safe`: none


@pytest.fixture
def careless() -> jinja2.Environment:
    """The real environment over templates that a careless author might write."""
    return environment().overlay(
        loader=DictLoader(
            {
                "bare.html": "<p>{{ text }}</p>",
                "attribute.html": '<p title="{{ text }}"></p>',
                "list.html": "{% for item in [text] %}<p>{{ item }}</p>{% endfor %}",
                "macro.html": "{% macro m(x) %}<p>{{ x }}</p>{% endmacro %}{{ m(text) }}",
                "set.html": "{% set x %}<p>{{ text }}</p>{% endset %}{{ x }}",
                "any_suffix.txt": "<p>{{ text }}</p>",
            }
        )
    )


@pytest.mark.parametrize("text", [*HOSTILE, "two\n\n# lines"])
def test_a_template_without_any_filter_still_escapes(
    careless: jinja2.Environment, text: str
) -> None:
    for name in careless.list_templates():
        html = careless.get_template(name).render(text=text)
        assert re.fullmatch(r'<p(?: title=")?>?(?:[\w\s]|&#\d+;|<br>)*(?:">)?</p>', html), name
        assert "\n" not in html
        assert ParsedHtml(html).text in (text, "")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_autoescape_is_on_in_every_template(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    tree = environment().parse(source)
    assert environment().autoescape is True
    assert not list(tree.find_all((nodes.EvalContextModifier, nodes.MarkSafe)))  # autoescape false
    used = {node.name for node in tree.find_all(nodes.Filter)}
    assert used <= FILTERS.keys()
    assert "safe" not in used or file.name in SAFE_ALLOWED
    assert not list(tree.find_all((nodes.Concat, nodes.Add)))  # "a" ~ markup escapes HTML only


@pytest.mark.parametrize("name", ["safe", "join", "replace", "xmlattr", "format", "urlize"])
def test_filters_of_jinja_do_not_exist(name: str) -> None:
    with pytest.raises(jinja2.TemplateAssertionError, match="No filter named"):
        environment().from_string(f"{{{{ text | {name} }}}}")


def test_markup_is_made_in_one_place_only() -> None:
    made = [
        file.relative_to(ROOT).as_posix()
        for file in [*(ROOT / "qa").rglob("*.py"), ROOT / "app.py"]
        if re.search(r"\b(?:Markup|mark_safe|soft_str)\(", file.read_text(encoding="utf-8"))
    ]
    own_words = "qa/rest/docs_page.py"  # of the operations' descriptions; reads no articles
    assert sorted(made) == ["qa/chat/plain_text.py", own_words]


def test_no_python_file_of_the_page_contains_html() -> None:
    tag = re.compile(r"<(?:div|span|p|button|section|li|ul|a|bdi|table|b)\b[^>]*[>\"']")
    files = [*(ROOT / "qa/chat").rglob("*.py"), *(ROOT / "qa/page").glob("*.py")]
    found = {
        file.name
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
        if tag.search(line) and ">>>" not in line and "<b>" not in line
    }
    assert found == set()


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError, match="'question' is undefined"):
        render("question.html")


def test_line_breaks_of_a_template_vanish_but_those_of_values_do_not() -> None:
    template = environment().from_string("<div>\n  {{ x }}\n  <b>  two </b> {{ x }}\n</div>\n")
    assert template.render(x=" a\nb ") == "<div> a<br>b <b>  two </b>  a<br>b </div>"


def test_every_macro_that_a_template_calls_is_there() -> None:
    macros = environment().get_template("macros.html").module
    for file in FILES:
        for name in re.findall(r"\bm\.(\w+)\(", file.read_text(encoding="utf-8")):
            assert hasattr(macros, name), (file.name, name)
    assert "in_both_languages" not in (TEMPLATES / "macros.html").read_text(encoding="utf-8")


def test_every_template_is_used() -> None:
    sources = [*(ROOT / "qa/chat").rglob("*.py"), *FILES]
    text = "".join(file.read_text(encoding="utf-8") for file in sources)
    assert [file.name for file in FILES if f'"{file.name}"' not in text] == []


def test_import_qa_loads_neither_jinja_nor_gradio() -> None:
    code = "import sys, qa; print({'jinja2', 'gradio', 'torch'} & {*sys.modules})"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "set()"
