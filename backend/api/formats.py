"""JSON in and out: strict on the way in, fast on the way out."""

from typing import IO, Any

import orjson
from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

from .errors import TooLarge
from .readable import plain


class JSONParser(BaseParser):
    """Reads one JSON document of at most 1 MiB. NaN, Infinity and anything after the document are refused."""

    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        """Return the document. Raise TooLarge or ParseError."""
        body = stream.read(settings.LARGEST_BODY + 1)
        if len(body) > settings.LARGEST_BODY:
            raise TooLarge
        try:
            return orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise ParseError(f"The body is not JSON: {error}. Send one JSON object.") from error


class JSONRenderer(BaseRenderer):
    """Writes JSON with orjson: dates and UUIDs as text."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        """Return the document as bytes; nothing for an empty answer."""
        return b"" if data is None else orjson.dumps(data, default=plain, option=orjson.OPT_SORT_KEYS)
