"""The operation that counts what articles name; it is not there for several archives."""

from fastapi import APIRouter, Request

from index.store.base.search_filter import SearchFilter
from qa.facets.table import Wanted
from qa.rest.models import facets as out
from qa.rest.roles import needs
from qa.rest.service import Served
from qa.rest.strict_body import StrictRoute
from qa.server.as_json import Json

router = APIRouter(
    route_class=StrictRoute, dependencies=[needs("ask", did="asked")], tags=["articles"]
)


@router.post("/facets", response_model=out.Facets)
async def facets(asked: out.FacetsRequest, service: Served, request: Request) -> Json:
    """Count the people, places, organisations and days that articles name, and articles over time.

    A `key` of a response narrows questions, as one of their `names`.
    """

    def count() -> Json:
        only, wanted = SearchFilter.of(**asked.values), Wanted(asked.most, asked.words)
        table = service.archive.names.table_so_far()
        return service.archive.facets_of(table, only, asked.question, wanted).as_dict()

    return await service.run(request, count)
