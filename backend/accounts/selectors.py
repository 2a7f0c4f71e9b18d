"""What an account has, and people by their names."""

from datetime import datetime

from django.db.models import Q, QuerySet

from .models import Person, Token
from .search_text import spellings_of_words


def tokens_of(person: Person, *, now: datetime) -> QuerySet[Token]:
    """The tokens with which apps can act as this person now, newest first."""
    rows: QuerySet[Token] = Token.objects.filter(user=person, expiry__gt=now)
    return rows.order_by("-created", "id")


def named(typed: str, *, person: str = "") -> Q:
    """Rows whose person has a name with every word that was typed. `person` is the way to the person: "person__"."""
    condition = Q()
    for spellings in spellings_of_words(typed):
        word = Q(pk__in=[])
        for spelling in sorted(spellings):
            word |= Q(**{f"{person}search__contains": spelling})
        condition &= word
    return condition
