"""Bearer tokens for other apps: stored hashed (django-rest-knox), looked up in one statement, revoked at once."""

from typing import Any

from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from rest_framework.exceptions import AuthenticationFailed

from backend.accounts.models import Person

_PERSON = """
SELECT person.* FROM knox_authtoken token JOIN accounts_person person ON person.id = token.user_id
WHERE token.digest = %s AND person.is_active
"""


class BearerToken(TokenAuthentication):
    """`Authorization: Bearer TOKEN`. A token deleted in the database is refused from the next request on."""

    def authenticate_credentials(self, token: bytes) -> tuple[Any, None]:
        """Return the person. Tokens here have no expiry, so knox's clean-up of expired ones is left out."""
        try:
            person = next(iter(Person.objects.raw(_PERSON, [hash_token(token.decode())])))
        except (StopIteration, ValueError, TypeError):
            raise AuthenticationFailed("This token is not known or was revoked. Ask for a new one.") from None
        return person, None
