"""JSON in and out: strict on the way in, fast on the way out."""

import json
from collections.abc import Iterable
from typing import IO, Any

import orjson
from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

from .errors import TooLarge
from .readable import plain

DEEPEST = 32
"""Objects and lists within each other. A log has four."""


class NotJSON(ValueError):
    """Why a body is not taken, and what to send instead."""


def read_json(body: bytes) -> Any:
    """Return the one JSON document of a body.

    Raise NotJSON for what is none, for NaN and Infinity, for a key that comes twice in one object, and for a document
    nested more than 32 deep.
    """
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise NotJSON(f"The body is not JSON: {error}. Send one JSON object.") from error
    if _is_deeper(document, DEEPEST):
        raise NotJSON(f"The body is nested more than {DEEPEST} deep. Send a flat JSON object.")
    json.loads(body, object_pairs_hook=_each_once, parse_int=_ignore, parse_float=_ignore)
    return document


def _each_once(pairs: list[tuple[str, Any]]) -> None:
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise NotJSON("A key comes twice in one object of the body. Send each key once.")


def _ignore(number: str) -> None:
    """Numbers have been read already."""


def _is_deeper(document: Any, most: int) -> bool:
    """Whether lists and objects are nested more than `most` deep, looked at level by level."""
    level = [document]
    for _ in range(most + 1):
        level = [item for one in level for item in _inside(one)]
        if not level:
            return False
    return True


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


class JSONParser(BaseParser):
    """Reads one JSON document of at most 1 MiB. `read_json` says what is refused."""

    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        """Return the document. Raise TooLarge or ParseError."""
        body = stream.read(settings.LARGEST_BODY + 1)
        if len(body) > settings.LARGEST_BODY:
            raise TooLarge
        try:
            return read_json(body)
        except NotJSON as refused:
            raise ParseError(str(refused)) from refused


class JSONRenderer(BaseRenderer):
    """Writes JSON with orjson: dates and UUIDs as text."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        """Return the document as bytes; nothing for an empty answer."""
        return b"" if data is None else orjson.dumps(data, default=plain, option=orjson.OPT_SORT_KEYS)
