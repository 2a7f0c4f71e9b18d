"""The tokens with which other apps act as the person who is signed in."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.accounts.models import Token
from backend.accounts.selectors import tokens_of

from .errors import not_found
from .inputs import identifier
from .permissions import EVERYBODY, person_of
from .shapes.problems import ProblemShape
from .shapes.tokens import Tokens


class TokensView(APIView):
    """One's own tokens."""

    roles = {"GET": EVERYBODY}

    @extend_schema(operation_id="list_tokens", responses={200: Tokens})
    def get(self, request: Request) -> Response:
        """Those that are good now, newest first: what uses each, and until when."""
        rows = tokens_of(person_of(request), now=timezone.now())
        return Response({"results": [_shown(row) for row in rows]})


class TokenView(APIView):
    """One of one's own tokens."""

    roles = {"DELETE": EVERYBODY}

    @extend_schema(operation_id="end_token", responses={204: None, 404: ProblemShape, 422: ProblemShape})
    def delete(self, request: Request, pk: str) -> Response:
        """End it: from the next request on it is refused."""
        mine = tokens_of(person_of(request), now=timezone.now())
        ended, _ = mine.filter(id=identifier(pk)).order_by().delete()
        if not ended:
            raise not_found()
        return Response(status=204)


def _shown(row: Token) -> dict[str, Any]:
    return {"id": row.id, "name": row.name, "created_at": row.created, "expires_at": row.expiry}
