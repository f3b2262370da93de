"""What facets look like to programs."""

import datetime
import json

from qa.facets.facets import FACET_KINDS, Facets, FacetValue, TimeBar

DAY = datetime.date(2025, 10, 28)


def test_facets_are_plain_json() -> None:
    value = FacetValue("person", "Ann Lee", "Ann Lee", 2, ("Lee",))
    facets = Facets(2, 1, people=(value,), over_time=(TimeBar("2025-10-28", DAY, DAY, 1),))
    plain = json.loads(json.dumps(facets.as_dict()))
    assert plain["people"][0]["also"] == ["Lee"]
    assert plain["over_time"][0]["first"] == "2025-10-28"


def test_the_lists_are_by_kind() -> None:
    assert tuple(Facets(0, 0).lists()) == FACET_KINDS
