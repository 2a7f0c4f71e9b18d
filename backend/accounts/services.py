"""What is done to an account."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import connection
from knox.models import AuthToken

from .models import Person


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


def end_tokens(*, person: Person) -> int:
    """End all bearer tokens of this person at once. Return how many there were."""
    ended, _ = AuthToken.objects.filter(user=person).delete()
    return int(ended)


def remove_what_is_over(*, now: datetime) -> None:
    """Remove sessions and counters of tries that have ended. Safe to run twice."""
    Session.objects.filter(expire_date__lt=now).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM rate_limits WHERE expires < %s", [now])
