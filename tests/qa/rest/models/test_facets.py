"""The models say exactly what facets write, and bound what is asked for."""

import datetime

import pytest
from pydantic import ValidationError

from qa import Facets, FacetValue, TimeBar
from qa.rest.models import facets as models

DAY = datetime.date(2025, 10, 28)


def test_nothing_is_lost() -> None:
    value = FacetValue("person", "Ann Lee", "Ann Lee", 2, ("A. Lee",))
    bar = TimeBar("2025-10-28", DAY, DAY, 2)
    written = Facets(2, 0, people=(value,), over_time=(bar,), read=2, total=3).as_dict()
    assert models.Facets.model_validate(written).model_dump(mode="json") == written


@pytest.mark.parametrize(
    "values",
    [{"most": 0}, {"most": 201}, {"names": ["x"] * 11}, {"names": [""]}, {"words": "x" * 201},
     {"question": " "}, {"archive": "news"}],
)  # fmt: skip
def test_limits_are_kept(values: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        models.FacetsRequest.model_validate(values)
