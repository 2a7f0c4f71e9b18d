"""What an account has."""

from datetime import datetime

from django.db.models import QuerySet

from .models import Person, Token


def tokens_of(person: Person, *, now: datetime) -> QuerySet[Token]:
    """The tokens with which apps can act as this person now, newest first."""
    rows: QuerySet[Token] = Token.objects.filter(user=person, expiry__gt=now)
    return rows.order_by("-created", "id")
