from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "backend.api"

    def ready(self) -> None:
        """Let drf-spectacular find the extension."""
        from . import schema  # noqa: F401
