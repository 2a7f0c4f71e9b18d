"""Bearer tokens for other apps: stored hashed (django-rest-knox), looked up in one statement, revoked at once."""

from functools import cache
from typing import Any

from django.db import connection
from django.utils import timezone
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from rest_framework.exceptions import AuthenticationFailed

from backend.accounts.models import Person
from backend.care.selectors import PatientContext, context_beside, context_from

NOT_KNOWN = "This token is not known, has expired or was ended. Ask for a new one."
_COLUMNS = [field.attname for field in Person._meta.concrete_fields]


@cache
def _person() -> str:
    return f"""
        SELECT {", ".join(f"person.{column}" for column in _COLUMNS)}, context.*
        FROM accounts_token token JOIN accounts_person person ON person.id = token.user_id {context_beside("person")}
        WHERE token.digest = %s AND token.expiry > %s AND person.is_active
    """  # noqa: S608 - the names of our own columns


class BearerToken(TokenAuthentication):
    """`Authorization: Bearer TOKEN`. A token deleted in the database is refused from the next request on."""

    def authenticate_credentials(self, token: bytes) -> tuple[Any, PatientContext | None]:
        """Return the person and, for a patient, what judging their logs needs: `request.user` and `request.auth`.

        A token past its expiry is refused; an hourly job removes it.
        """
        try:
            digest = hash_token(token.decode())
        except (ValueError, TypeError):
            raise AuthenticationFailed(NOT_KNOWN) from None
        with connection.cursor() as cursor:
            cursor.execute(_person(), [digest, timezone.now()])
            row = cursor.fetchone()
        if row is None:
            raise AuthenticationFailed(NOT_KNOWN)
        person, context = row[: len(_COLUMNS)], row[len(_COLUMNS) :]
        return Person.from_db(connection.alias, _COLUMNS, person), context_from(context)
