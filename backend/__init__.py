"""Handhold's server. Read docs/where-things-are.md for the way through it.

Importing it sets where Python reads the rules of time zones: from the pinned tzdata package, never from the machine,
whose copy may be years old. docs/decisions has the reason.
"""

from zoneinfo import ZoneInfo, reset_tzpath

reset_tzpath(to=())
ZoneInfo.clear_cache()
