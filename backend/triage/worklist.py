"""The worklist as it is read: alerts of a clinic with all a row shows, in four statements whatever their number."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from backend.care.roster import PLACES, Place, in_turn

from .models import Alert, Alerts

ORDER = ("-urgency_rank", "due_at", "id")
_OF_ALERT = (
    "id", "patient_id", "symptom", "urgency", "urgency_rank", "state", "change", "day", "rule", "protocol", "version",
    "reason", "detail", "source", "tags", "grade", "raised_at", "due_at", "due_minutes", "escalation_level",
    "escalated_at", "escalate_at", "passed_on_from_id",
    "acknowledged_by_id", "acknowledged_at", "assigned_to_id", "resolved_by_id", "resolved_at",
)  # fmt: skip
_OF_PATIENT = (
    "patient__birth_on", "patient__time_zone", "patient__person__name", "patient__person__phone",
    "patient__care_team__nurse_id", "patient__care_team__second_nurse_id", "patient__care_team__on_call_id",
)  # fmt: skip
_BESIDE = """
SELECT alert.id, treatment.drug, treatment.started_on, contact.at, contact.name, contact.outcome,
    call.called_at, call.reached_at, wait.can_wait,
    reopened.at, reopened.name, reopened.detail, corrected.kind, corrected.at, corrected.detail,
    today.signs, before.day, before.signs, before.grades
FROM unnest(%s::uuid[], %s::uuid[], %s::date[]) AS alert (id, patient_id, day)
LEFT JOIN LATERAL (
    SELECT drug, started_on FROM care_treatment
    WHERE patient_id = alert.patient_id AND taken_back_at IS NULL ORDER BY started_on DESC LIMIT 1
) treatment ON true
LEFT JOIN LATERAL (
    SELECT at, name, outcome FROM triage_contact JOIN accounts_person person ON person.id = by_id
    WHERE patient_id = alert.patient_id ORDER BY at DESC LIMIT 1
) contact ON true
LEFT JOIN LATERAL (
    SELECT called_at, reached_at FROM triage_patientcall said JOIN diary_dailylog log ON log.id = said.log_id
    WHERE said.patient_id = alert.patient_id AND log.day >= alert.day ORDER BY called_at DESC LIMIT 1
) call ON true
LEFT JOIN LATERAL (
    SELECT can_wait FROM triage_flag flag
    JOIN triage_canwait USING (log_id) JOIN diary_dailylog log ON log.id = flag.log_id
    WHERE flag.alert_id = alert.id AND log.day >= alert.day AND (log.superseded_at IS NULL OR NOT can_wait)
    ORDER BY said_at DESC LIMIT 1
) wait ON true
LEFT JOIN LATERAL (
    SELECT at, name, detail FROM triage_alertevent JOIN accounts_person person ON person.id = by_id
    WHERE alert_id = alert.id AND kind = 'reopened' ORDER BY at DESC LIMIT 1
) reopened ON true
LEFT JOIN LATERAL (
    SELECT kind, at, detail FROM triage_alertevent
    WHERE alert_id = alert.id AND kind IN ('corrected', 'taken_back') AND day = alert.day
    ORDER BY at DESC, id DESC LIMIT 1
) corrected ON true
LEFT JOIN LATERAL (
    SELECT facts->'warning_signs' AS signs FROM diary_dailylog
    WHERE patient_id = alert.patient_id AND day = alert.day AND superseded_at IS NULL
) today ON true
LEFT JOIN LATERAL (
    SELECT log.day, facts->'warning_signs' AS signs, grades_ctcae5 AS grades FROM diary_dailylog log
    LEFT JOIN triage_assessment assessment ON assessment.log_id = log.id AND assessment.superseded_at IS NULL
    WHERE patient_id = alert.patient_id AND day = alert.day - 1 AND log.superseded_at IS NULL
) before ON true
"""
_STAFF = """
SELECT id, name, is_active, NULL FROM accounts_person WHERE id = ANY(ARRAY(SELECT unnest(%s::uuid[])))
UNION ALL
SELECT person.id, name, is_active, place FROM care_shift shift JOIN accounts_person person ON person.id = person_id
WHERE shift.clinic_id = %s AND starts_at <= %s AND ends_at > %s AND is_active
"""
_COUNTS = """
SELECT count(*), count(*) FILTER (WHERE mine), count(*) FILTER (WHERE nobodys), count(*) FILTER (WHERE passed_on),
    count(DISTINCT patient_id), count(DISTINCT patient_id) FILTER (WHERE mine),
    count(DISTINCT patient_id) FILTER (WHERE nobodys), count(DISTINCT patient_id) FILTER (WHERE passed_on),
    count(DISTINCT patient_id) FILTER (WHERE urgency = 'emergency')
FROM (
    SELECT patient_id, urgency, assigned_to_id = %s AS mine,
        assigned_to_id IS NULL AND escalation_level = 0 AS nobodys,
        assigned_to_id IS NULL AND escalation_level > 0 AS passed_on
    FROM triage_alert WHERE clinic_id = %s AND state <> 'resolved'
) live
"""
_SHOWN = ("all", "mine", "unassigned", "passed_on")


class Beside(NamedTuple):
    """What stands beside an alert: its patient's last treatment and contact, what they said, who reopened it, and
    what the patient corrected in the answers of its newest day."""

    drug: str | None
    started_on: date | None
    contact_at: datetime | None
    contact_by: str | None
    outcome: str | None
    called_at: datetime | None
    reached_at: datetime | None
    can_wait: bool | None
    reopened_at: datetime | None
    reopened_by: str | None
    reopened_note: str | None
    corrected_kind: str | None
    corrected_at: datetime | None
    corrected_detail: str | None
    signs: str | None
    day_before: date | None
    signs_before: str | None
    grades_before: str | None


@dataclass(frozen=True, slots=True)
class Around:
    """What is around some rows of the worklist: what stands beside each alert, the names of the staff in them, who of
    them works there still, and whose shift it is at each place."""

    beside: dict[UUID, Beside]
    names: dict[UUID, str]
    active: frozenset[UUID]
    on_shift: dict[str, UUID]


def alerts_of_clinic(clinic_id: UUID) -> Alerts:
    """The alerts of one clinic, most urgent first, then by due time."""
    return Alert.objects.filter(clinic_id=clinic_id).order_by(*ORDER)


def rows_of(alerts: QuerySet[Alert]) -> QuerySet[Alert, Any]:
    """The same alerts as plain rows, each with what it shows of its patient; a third of the cost of model instances."""
    return alerts.values_list(*_OF_ALERT, *_OF_PATIENT, named=True)


def around(rows: Collection[Any], *, clinic_id: UUID, now: datetime) -> Around:
    """Read in two statements what is around these rows of one clinic at `now`; see `rows_of`."""
    people = {person for row in rows for person in staff_of(row)} - {None}
    with connection.cursor() as cursor:
        cursor.execute(_STAFF, [list(people), clinic_id, now, now])
        found = cursor.fetchall()
    return Around(
        beside_of(rows),
        {person: name for person, name, _, _ in found},
        frozenset(person for person, _, active, _ in found if active),
        {place: person for person, _, _, place in found if place is not None},
    )


def beside_of(rows: Collection[Any]) -> dict[UUID, Beside]:
    """What stands beside rows that have an id, a patient_id and a day, by their id."""
    with connection.cursor() as cursor:
        cursor.execute(_BESIDE, [[row.id for row in rows], [row.patient_id for row in rows], [row.day for row in rows]])
        return {found[0]: Beside(*found[1:]) for found in cursor.fetchall()}


def staff_of(row: Any) -> tuple[UUID | None, ...]:
    """Everybody of the staff a row may name."""
    return (
        row.acknowledged_by_id,
        row.assigned_to_id,
        row.resolved_by_id,
        row.passed_on_from_id,
        *_standing(row).values(),
    )


def escalated_to(row: Any, around: Around) -> UUID | None:
    """Whose turn it is now that an alert was passed on, by the roster and the care team; None while it is with its
    nurse."""
    if row.escalation_level == 0:
        return None
    standing = {place: person if person in around.active else None for place, person in _standing(row).items()}
    place = Place.SECOND_NURSE if row.escalation_level == 1 else Place.ON_CALL
    return in_turn(place, {one: around.on_shift.get(one) or standing[one] for one in PLACES})


def _standing(row: Any) -> dict[str, UUID | None]:
    return {place: getattr(row, f"patient__care_team__{place}_id") for place in PLACES}


def counts(*, clinic_id: UUID, person_id: UUID) -> dict[str, Any]:
    """How many alerts of the clinic are not resolved: all, this person's, nobody's, passed on; and how many patients
    they are of, and how many patients have an emergency."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [person_id, clinic_id])
        found: tuple[int, ...] = cursor.fetchone() or ()
    places = len(_SHOWN)
    patients = dict(zip(_SHOWN, found[places : 2 * places], strict=True))
    return {**dict(zip(_SHOWN, found[:places], strict=True)), "patients": patients, "emergencies": found[-1]}


def leading_alerts(clinic_id: UUID, *, among: QuerySet[Alert]) -> Alerts:
    """The most urgent live alert of each patient with one `among` these: it decides the place of the patient's row."""
    live = Alert.objects.filter(clinic_id=clinic_id).live()
    first = live.order_by("patient_id", *ORDER).distinct("patient_id")
    return alerts_of_clinic(clinic_id).filter(pk__in=first.values("pk"), patient__in=among.values("patient"))


def with_the_others(leading: Collection[Any], *, clinic_id: UUID) -> list[Any]:
    """These leading rows, each followed by the other live alerts of its patient, most urgent first."""
    patients = [row.patient_id for row in leading]
    of_patient: dict[UUID, list[Any]] = {patient: [] for patient in patients}
    for row in rows_of(alerts_of_clinic(clinic_id).live().filter(patient__in=patients)):
        of_patient[row.patient_id].append(row)
    return [row for rows in of_patient.values() for row in rows]
