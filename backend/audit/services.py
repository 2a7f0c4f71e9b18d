"""Record who looked at or changed whose data."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

_RECORD = """
INSERT INTO audit_auditevent (at, person_id, patient_id, verb, what, subject_id)
SELECT %s, %s, patient_id, %s, %s, %s FROM unnest(%s::uuid[]) AS patient_id
"""


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
