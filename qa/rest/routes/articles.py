"""Operations that read articles; what they return is tagged, so that it is fetched once a build.

An article's id is a query parameter, not a part of the path: ids hold slashes, `#` and `..`, which
proxies and clients take for their own when they stand in a path.
"""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from index.store.base.article_page import PageRequest
from qa.rest.caching import entity_tag, tagged
from qa.rest.models import articles as out
from qa.rest.roles import needs
from qa.rest.service import Served, Service
from qa.server.as_json import Json, article_json, listing_json, passage_json, version_json

NOT_MODIFIED: dict[int | str, dict[str, Any]] = {
    304: {"description": "The client has it already, as its `If-None-Match` says."}
}

router = APIRouter(dependencies=[needs("ask")], tags=["articles"], responses=NOT_MODIFIED)


@router.get("/articles", response_model=out.Listing)
async def articles(
    asked: Annotated[out.ListQuery, Query()], service: Served, request: Request
) -> Response:
    """List the articles, a page at a time, without their texts."""
    page = PageRequest(**asked.model_dump())

    def read() -> Json:
        listing, missing = service.archive.listing(page), service.archive.not_asked(page.archive)
        return listing_json(listing, page, missing)

    return await _read(service, request, read)


@router.get("/article", response_model=out.Article)
async def article(
    asked: Annotated[out.IdQuery, Query()], service: Served, request: Request
) -> Response:
    """Return an article with its text, word for word."""
    return await _read(service, request, lambda: article_json(service.archive.article(asked.id)))


@router.get("/article/passages", response_model=out.PassagesPage)
async def article_passages(
    asked: Annotated[out.PassagesQuery, Query()], service: Served, request: Request
) -> Response:
    """Return some of an article's passages, in order."""

    def read() -> Json:
        first, size = asked.first, asked.size
        found = service.archive.passages(asked.id, first, size + 1)
        shown = [passage_json(passage) for passage in found[:size]]
        return {"passages": shown, "next": first + size if len(found) > size else None}

    return await _read(service, request, read)


@router.get("/article/versions", response_model=out.Versions)
async def article_versions(
    asked: Annotated[out.VersionsQuery, Query()], service: Served, request: Request
) -> Response:
    """Return the earlier versions of an article, newest first; also of one that was removed."""

    def read() -> Json:
        found = service.archive.versions(asked.id)
        return {"versions": [version_json(one, text=asked.text) for one in found]}

    return await _read(service, request, read)


async def _read(service: Service, request: Request, read: Callable[[], Json]) -> Response:
    def work() -> tuple[str, Json]:
        return entity_tag(service.archive.settings), read()

    return tagged(request, *await service.run(request, work))
