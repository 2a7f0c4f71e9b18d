"""Bearer tokens for other apps: stored hashed (django-rest-knox), looked up in one statement, revoked at once."""

from typing import Any

from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from knox.models import AuthToken
from rest_framework.exceptions import AuthenticationFailed


class BearerToken(TokenAuthentication):
    """`Authorization: Bearer TOKEN`. A token deleted in the database is refused from the next request on."""

    def authenticate_credentials(self, token: bytes) -> tuple[Any, Any]:
        """Return person and token. Tokens here have no expiry, so knox's clean-up of expired ones is left out."""
        try:
            found = AuthToken.objects.select_related("user").get(digest=hash_token(token.decode()))
        except (AuthToken.DoesNotExist, ValueError, TypeError):
            raise AuthenticationFailed("This token is not known or was revoked. Ask for a new one.") from None
        person, token_row = self.validate_user(found)
        return person, token_row
