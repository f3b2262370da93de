"""Operations about the archive itself."""

from fastapi import APIRouter, Request, Response

from index.errors import ArchiveError
from qa.rest.caching import entity_tag, program_version, tagged
from qa.rest.models import articles as out
from qa.rest.roles import needs
from qa.rest.service import Served
from qa.server.as_json import Json
from qa.server.problem import UNAVAILABLE, Problem

from .articles import NOT_MODIFIED

router = APIRouter(tags=["archive"])


@router.get(
    "/archive",
    response_model=out.Archive,
    dependencies=[needs("ask")],
    responses=NOT_MODIFIED,
)
async def archive(service: Served, request: Request) -> Response:
    """Describe the archive: how large it is, and by which build and encoder it was made."""

    def work() -> tuple[str, Json]:
        settings = service.archive.settings
        return entity_tag(settings), {
            "program": program_version(),
            "articles": len(service.archive),
            "undated": service.archive.count_undated(),
            "languages": service.archive.languages(),
            "generation": settings.generation,
            "published": settings.published,
            "encoder": settings.encoder,
            "passage_tokens": settings.passage_tokens,
            "archives": list(service.archive.archives),
            "versions": settings.versions,
        }

    return tagged(request, *await service.run(request, work))


@router.get("/health", response_model=out.Health)
def health(service: Served) -> Json:
    """Say whether questions can be answered.

    With `--open-metrics` it says so without a password.
    """
    try:
        service.archive.check()
    except ArchiveError:
        raise Problem(UNAVAILABLE, "the index cannot be read now") from None
    return {"status": "ok"}
