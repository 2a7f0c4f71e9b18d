"""What drf-spectacular cannot find out by itself. Imported when the app is ready."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension


class BearerTokenScheme(OpenApiAuthenticationExtension):
    """Names the bearer token in the API's description."""

    target_class = "backend.api.authentication.BearerToken"
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """An opaque token in the Authorization header."""
        return {"type": "http", "scheme": "bearer", "description": "From `manage.py token EMAIL`."}
