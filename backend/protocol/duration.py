"""ISO 8601 durations as the protocol files write them: PT15M, PT4H, P7D."""

import re

_FORM = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?", re.ASCII)


def minutes(duration: str | None) -> int | None:
    """The duration in minutes; None stays None. Raises ValueError on anything else."""
    if duration is None:
        return None
    found = _FORM.fullmatch(duration)
    if not found or not any(found.groups()):
        raise ValueError(f"{duration!r} is not a duration such as PT4H")
    days, hours, rest = (int(part or 0) for part in found.groups())
    return (days * 24 + hours) * 60 + rest


def days(duration: str) -> int:
    """The duration in whole days."""
    return (minutes(duration) or 0) // (24 * 60)
