"""An index refuses another encoder and other term rules, and says what to do."""

from dataclasses import replace

import pytest

from index.encoder.bundled import EARLIER_NAME, NAME
from index.encoder.sentence import SentenceEncoder
from index.errors import ArchiveError
from index.store.base.settings import Settings
from index.text.terms import VERSION
from tests.support.fakes import FakeEncoder

SETTINGS = Settings("fake", "1", 64, passage_tokens=128, rules=1, terms=VERSION)


def test_the_encoder_of_the_index_is_accepted(encoder: FakeEncoder) -> None:
    SETTINGS.require_encoder(encoder, "here")


@pytest.mark.parametrize(
    ("built_with", "named"),
    [
        (replace(SETTINGS, encoder="other"), "'other'"),
        (replace(SETTINGS, revision="2"), "revision 2"),
        (replace(SETTINGS, dimension=384), "384 dimensions"),
    ],
)
def test_an_encoder_that_differs_in_any_way_is_refused(
    encoder: FakeEncoder, built_with: Settings, named: str
) -> None:
    with pytest.raises(ArchiveError, match="the index in 'here' was built with") as caught:
        built_with.require_encoder(encoder, "here")
    assert named in str(caught.value)
    assert "not with 'fake' (revision 1, 64 dimensions)" in str(caught.value)
    assert str(caught.value).endswith(
        "embed it again with  archive-qa build SEEDS --index here --re-embed --encoder fake"
    )


def test_the_bundled_encoder_needs_no_name_in_the_command() -> None:
    earlier = replace(SETTINGS, encoder=EARLIER_NAME)
    with pytest.raises(ArchiveError, match=r"--index here --re-embed$"):
        earlier.require_encoder(SentenceEncoder(), "here")
    # without a name, another encoder's index would be embedded with that encoder again
    with pytest.raises(ArchiveError, match=rf"--index here --re-embed --encoder {NAME}$"):
        SETTINGS.require_encoder(SentenceEncoder(), "here")


def test_the_term_rules_of_this_version_are_accepted() -> None:
    SETTINGS.require_terms("here")


def test_other_term_rules_are_refused_with_the_command_to_run() -> None:
    with pytest.raises(
        ArchiveError, match=rf"rules 0, this version asks by rules {VERSION}.*"
    ) as e:
        replace(SETTINGS, terms=0).require_terms("here")
    assert str(e.value).endswith("python -m index SEEDS --index here")


def test_the_passage_count_is_unknown_unless_a_build_counted() -> None:
    assert (SETTINGS.generation, SETTINGS.published, SETTINGS.passages) == (0, "", -1)
