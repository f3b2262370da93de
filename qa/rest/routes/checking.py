"""Operations that check: whether citations still hold, and what the archive has of a draft."""

from functools import partial

from fastapi import APIRouter, Request

from qa.audit.citations_in import Found, in_json
from qa.rest.models import checks as out
from qa.rest.models.questions import DraftRequest
from qa.rest.roles import needs
from qa.rest.service import Served
from qa.rest.strict_body import StrictRoute
from qa.server.as_json import Json, draft_json, verdict_json

router = APIRouter(
    route_class=StrictRoute, dependencies=[needs("ask", did="asked")], tags=["checks"]
)


@router.post("/verify", response_model=out.Verdicts)
async def verify(asked: out.VerifyRequest, service: Served, request: Request) -> Json:
    """Say what became of citations: where the archive says what they quote, or what it says now.

    Send permalinks, or citations as an answer has them.
    """
    found = in_json([citation.fields for citation in asked.citations], "citations")

    def judge(citation: Found) -> Json:
        (verdict,) = service.archive.verify([citation])
        return verdict_json(verdict)

    return {"verdicts": await service.run_each(request, (partial(judge, one) for one in found))}


@router.post("/check-draft", response_model=out.DraftReport)
async def check_draft(asked: DraftRequest, service: Served, request: Request) -> Json:
    """Say what the archive has of each quotation, number, date and name of a draft."""
    check = partial(service.archive.check_draft, asked.text, day=asked.day, **asked.values)
    return await service.run(request, lambda: draft_json(check()))
