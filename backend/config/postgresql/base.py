"""Django's PostgreSQL backend with one difference: a moment or day that Python cannot hold does not stop the query.

PostgreSQL keeps years from 4713 BC to 294276, and infinity; Python's dates end with 1 and 9999. Such a value comes from
outside the API, whose bounds and constraints refuse it. Without this one such row takes down every list it is in.
"""

from functools import cache
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import BaseTzLoader
from psycopg import DataError
from psycopg.adapt import AdaptersMap
from psycopg.types.datetime import DateLoader

from backend.protocol.unreadable import UNREADABLE_DAY, UNREADABLE_MOMENT


class DayLoader(DateLoader):
    """Reads a day."""

    def load(self, data: Any) -> Any:
        """Return the day, or UNREADABLE_DAY."""
        try:
            return super().load(data)
        except DataError:
            return UNREADABLE_DAY


@cache
def _moment_loader(zone: Any) -> type[BaseTzLoader]:
    class MomentLoader(BaseTzLoader):
        """Reads a moment."""

        timezone = zone

        def load(self, data: Any) -> Any:
            """Return the moment, or UNREADABLE_MOMENT."""
            try:
                return super().load(data)
            except DataError:
                return UNREADABLE_MOMENT

    return MomentLoader


@cache
def _adapters(template: AdaptersMap, zone: Any) -> AdaptersMap:
    adapters = AdaptersMap(template)
    adapters.register_loader("timestamptz", _moment_loader(zone))
    adapters.register_loader("date", DayLoader)
    return adapters


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that reads on."""

    def get_connection_params(self) -> dict[str, Any]:
        """Django's own parameters, with our loaders."""
        found: dict[str, Any] = super().get_connection_params()
        return {**found, "context": _Context(_adapters(found["context"].adapters, self.timezone))}


class _Context:
    """What psycopg takes adapters from."""

    connection = None

    def __init__(self, adapters: AdaptersMap) -> None:
        self.adapters = adapters
