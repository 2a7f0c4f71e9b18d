"""What is done to an account."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import connection

from .models import Person, Token


class AlreadyClosed(Exception):
    """Nobody can sign in with this account any more."""


def close_account(*, person: Person) -> None:
    """End an account at once: no sign-in, no token, no session. Raise AlreadyClosed.

    A session ends with the password it began with, so it stays ended whatever happens to the account later.
    """
    if not Person.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
        raise AlreadyClosed
    person.is_active = False
    person.set_unusable_password()
    person.save(update_fields=["password"])
    end_tokens(person=person)


def make_token(*, person: Person, name: str, lasts: timedelta) -> tuple[Token, str]:
    """Make a token for an app. Return its row and the token itself, which is shown once and kept nowhere."""
    row, text = Token.objects.create(user=person, expiry=lasts, name=name)
    return row, text


def end_tokens(*, person: Person) -> int:
    """End all bearer tokens of this person at once. Return how many there were."""
    ended, _ = Token.objects.filter(user=person).delete()
    return int(ended)


def remove_what_is_over(*, now: datetime) -> None:
    """Remove sessions, tokens and counters of tries that have ended. Safe to run twice."""
    Token.objects.filter(expiry__lt=now).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM rate_limits WHERE expires < %s", [now])
