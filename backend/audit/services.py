"""Record who looked at or changed whose data."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

EVENT = "INSERT INTO audit_auditevent (at, person_id, patient_id, verb, what, subject_id)"
"""For a statement that writes its own event beside what it changes."""
_RECORD = f"{EVENT} SELECT %s, %s, patient_id, %s, %s, %s FROM unnest(%s::uuid[]) AS patient_id"  # noqa: S608


def record(
    *,
    now: datetime,
    person: UUID | None,
    patients: Iterable[UUID],
    verb: str,
    what: str,
    subject: UUID | None = None,
) -> None:
    """Add one event per patient, in one statement. `verb` is viewed or changed, `what` a plain noun, never a value."""
    ids = list(patients)
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(_RECORD, [now, person, verb, what, subject, ids])
