"""How log lines look: a broken thing is told by its kind and its place, never by the values that broke it."""

import logging
import traceback
from types import TracebackType
from typing import Any


class Plain(logging.Formatter):
    """Time, level, name, message. Of an exception the frames and its kind: its words may hold a patient's answers."""

    def formatException(self, ei: Any) -> str:
        """Frames and kind of the exception, without its message."""
        kind: type[BaseException] = ei[0]
        trace: TracebackType | None = ei[2]
        frames = "".join(traceback.format_tb(trace)).rstrip()
        return f"{frames}\n{kind.__module__}.{kind.__qualname__}"
