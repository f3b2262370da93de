"""Operations that add: a file to the seeds folder, and what is there to the index.

They are those of the page, with its limits, and are not served where the page has none. What is
sent is written to the folder of uploads, where the guard counts it and deletes it after an hour.
"""

import secrets
from typing import Annotated, Any

import anyio
from fastapi import APIRouter, Query, Request

from index.errors import ArchiveError, StorageError
from index.ingest.builder import build
from qa.chat.upload import store_uploads
from qa.rest.models import adding as out
from qa.rest.roles import needs
from qa.rest.service import Adding, Served, Service
from qa.server.as_json import Json, report_json
from qa.server.problem import CONFLICT, INVALID, Problem
from qa.server.request_queue import BusyError

FILE: dict[str, Any] = {
    "requestBody": {
        "description": "The bytes of the file, at most 10 MB, whatever its media type.",
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}

router = APIRouter(tags=["adding"])


@router.post(
    "/files",
    response_model=out.Added,
    dependencies=[needs("add", did="added")],
    openapi_extra=FILE,
)
async def add_file(
    asked: Annotated[out.FileQuery, Query()], service: Served, request: Request
) -> Json:
    """Add a file to the seeds folder, under a safe new name; then `/rebuild` reads it.

    A file is refused that holds no article, and any that only holds others, such as a `.zip`. With
    tokens, it takes the role `add`.
    """
    adding = _adding(service)
    upload = adding.uploads / secrets.token_hex(16)
    async with await anyio.open_file(upload, "xb") as file:
        async for piece in request.stream():
            await file.write(piece)
    (result,) = await service.run(
        request, lambda: store_uploads([(asked.name, upload)], adding.seeds)
    )
    if result.saved_as is None:
        raise Problem(INVALID, f"'{result.name}' was not added: {result.reason}")
    return {"saved_as": result.saved_as}


@router.post("/rebuild", response_model=out.BuildReport, dependencies=[needs("add", did="rebuilt")])
async def rebuild(service: Served) -> Json:
    """Bring the index up to date with the seeds folder, and say what changed.

    It may take long. One build runs at a time, and goes on if the connection closes. With tokens,
    it takes the role `add`.
    """
    adding = _adding(service)

    def work() -> Json:
        archive = service.archive
        try:
            return report_json(build(adding.seeds, archive.place, encoder=archive.encoder))
        except StorageError:
            raise
        except ArchiveError as error:
            raise Problem(CONFLICT, str(error)) from None

    try:
        return await adding.builds.run(work)
    except BusyError:
        raise Problem(CONFLICT, "another build is under way: wait for it") from None


def _adding(service: Service) -> Adding:
    assert service.adding is not None  # else these operations are not served
    return service.adding
