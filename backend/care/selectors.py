"""What the rest of the house needs to know about patients, read in few queries."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from backend.accounts.models import Person
from backend.accounts.selectors import named
from backend.protocol import dose as doses

from .birth_dates import birth_dates
from .course import Span, Step, spans
from .models import Clinic, Consent, DoseDecision, Patient, ProtocolAdoption, Treatment

_FIELDS = (
    "id",
    "clinic_id",
    "status",
    "time_zone",
    "language",
    "usual_stools",
    "usual_systolic",
    "usual_diastolic",
    "usual_weight",
    "clinic__emergency_number",
    "clinic__care_line",
    "clinic__region",
    "drug",
    "version",
)
DEFAULT_DRUG = "sorafenib"


@dataclass(frozen=True, slots=True)
class PatientContext:
    """What judging a log needs of a patient: baseline, drug and adopted protocol version (None: the newest).

    `region`, US or EU, says whose label texts apply. `parameters` are the protocol's that were set for this patient
    alone: none yet.
    """

    id: UUID
    clinic_id: UUID
    status: str
    time_zone: str
    language: str
    baseline: dict[str, Any]
    emergency_number: str
    care_line: str
    drug: str
    version: int | None
    region: str = "US"
    parameters: dict[str, Any] = field(default_factory=dict)


def patients_of(clinic: Clinic | UUID) -> QuerySet[Patient]:
    """Patients of one clinic, whatever their status."""
    return Patient.objects.filter(clinic=clinic)


def found_among(patients: QuerySet[Patient], typed: str, *, today: date) -> QuerySet[Patient]:
    """Those whose name has every word that was typed, and who were born on the date, if one was typed."""
    words, dates = birth_dates(typed, today=today)
    found = patients.filter(named(words, person="person__"))
    if dates is None:
        return found
    born = Q(pk__in=[])
    for days in dates:
        born |= Q(birth_on__range=days)
    return found.filter(born)


def with_protocol(rows: QuerySet[Patient]) -> QuerySet[Patient]:
    """Add by which protocol each patient is judged: the `drug` of the newest treatment and the adopted `version` of it;
    None for no treatment, and for the newest version."""
    running = Treatment.objects.filter(patient=OuterRef("pk")).order_by("-started_on")
    adopted = ProtocolAdoption.objects.filter(
        clinic=OuterRef("clinic_id"), drug=OuterRef("drug"), replaced_at__isnull=True
    )
    with_drug = rows.annotate(drug=Subquery(running.values("drug")[:1]))
    return with_drug.annotate(version=Subquery(adopted.values("version")[:1]))


def with_consent(rows: QuerySet[Patient]) -> QuerySet[Patient]:
    """Add each patient's newest `consent` as plain data, withdrawn or not; None without one."""
    newest = Consent.objects.filter(patient=OuterRef("pk")).order_by("-given_on", "-recorded_at")
    plain = JSONObject(
        id="pk", text_version="text_version", given_on="given_on", recorded_by="recorded_by__name",
        withdrawn_on="withdrawn_on",
    )  # fmt: skip
    return rows.annotate(consent=Subquery(newest.values(plain=plain)[:1]))


def contexts(patients: Collection[UUID], *, locked: bool = False) -> dict[UUID, PatientContext]:
    """Return what judging logs of these patients needs, in one query that may also lock them, in order of their ids."""
    lock = " FOR NO KEY UPDATE OF care_patient" if locked else ""
    with connection.cursor() as cursor:
        cursor.execute(f"{_judging()} WHERE care_patient.id = ANY(%s) ORDER BY care_patient.id{lock}", [list(patients)])
        return {row[0]: _context(*row) for row in cursor.fetchall()}


def context_of(patient_id: UUID) -> PatientContext:
    """Return what judging a log of this patient needs."""
    found = _context_where("id", patient_id)
    if found is None:
        raise Patient.DoesNotExist
    return found


def context_of_person(person_id: UUID) -> PatientContext | None:
    """Return what judging a log of this person needs; None if they are no patient."""
    return _context_where("person_id", person_id)


def context_beside(person: str) -> str:
    """A join that gives each person of a query, named by the SQL `person`, the columns of `context_from`."""
    return f"LEFT JOIN LATERAL ({_judging()} WHERE care_patient.person_id = {person}.id) context ON true"


def context_from(columns: Sequence[Any]) -> PatientContext | None:
    """Return what `context_beside` found; None for a person who is no patient."""
    return None if columns[0] is None else _context(*columns)


def _context_where(column: str, value: UUID) -> PatientContext | None:
    with connection.cursor() as cursor:
        cursor.execute(f"{_judging()} WHERE care_patient.{column} = %s", [value])
        row = cursor.fetchone()
    return None if row is None else _context(*row)


@cache
def _judging() -> str:
    """The query of all patients, written out once: Django takes longer to write it than PostgreSQL to answer it."""
    return str(with_protocol(Patient.objects.all()).values_list(*_FIELDS).query.sql_with_params()[0])


def _context(
    patient: UUID, clinic: UUID, status: str, zone: str, language: str, stools: int | None, systolic: int | None,
    diastolic: int | None, weight: Any, emergency: str, care_line: str, region: str, drug: str | None,
    version: int | None,
) -> PatientContext:  # fmt: skip
    baseline = {
        "stools_per_day": stools,
        "systolic": systolic,
        "diastolic": diastolic,
        "weight": None if weight is None else float(weight),
    }
    return PatientContext(
        patient, clinic, status, zone, language, baseline, emergency, care_line, drug or DEFAULT_DRUG, version,
        region,
    )  # fmt: skip


def adopted_version(clinic_id: UUID, drug: str) -> int | None:
    """The version of a drug's protocol that a clinic has adopted; None: the newest."""
    adopted = ProtocolAdoption.objects.filter(clinic=clinic_id, drug=drug, replaced_at__isnull=True)
    return adopted.values_list("version", flat=True).first()


def treatment_day(*, started_on: date, today: date) -> int:
    """Day 1 is the day the drug was started."""
    return (today - started_on).days + 1


def colleagues(clinic_id: UUID) -> QuerySet[Person]:
    """People who work at this clinic and can still sign in."""
    return Person.objects.filter(clinic_id=clinic_id, is_active=True, role__in=Person.STAFF).order_by("name")


def running_treatment(patient: Patient) -> Treatment | None:
    """The treatment that has not ended, or the last one."""
    return Treatment.objects.filter(patient=patient).order_by("-started_on").first()


def live_decisions(treatment: Treatment) -> list[DoseDecision]:
    """The decisions about a treatment that were not taken back, in the order of the days from which they count."""
    rows = DoseDecision.objects.filter(treatment=treatment, withdrawal__isnull=True)
    return list(rows.select_related("recorded_by__clinic", "decided_by").order_by("effective_on", "recorded_at"))


def treatments_with_decisions(patient_id: UUID) -> list[Treatment]:
    """Every treatment of a patient, newest first, with its decisions, those taken back too, in two queries."""
    decisions = DoseDecision.objects.select_related("decided_by", "recorded_by", "withdrawal__by", "led_to").order_by(
        "effective_on", "recorded_at"
    )
    rows = Treatment.objects.filter(patient_id=patient_id).order_by("-started_on")
    return list(rows.prefetch_related(Prefetch("dose_decisions", decisions)))


def usual_schedule(treatment: Treatment) -> doses.Schedule:
    """The days on and off of the label's ladder; every day where there is none."""
    ladder = doses.use(treatment.drug, treatment.use)
    return ladder.schedule if ladder else doses.EVERY_DAY


def starting_dose(treatment: Treatment) -> doses.Dose:
    """The dose the treatment began with."""
    return _dose(treatment, treatment)


def steps_of(treatment: Treatment, decisions: Iterable[DoseDecision]) -> list[Step]:
    """The decisions as the course is played, in the order of their days."""
    return [
        Step(one.pk, one.kind, one.effective_on, _dose(treatment, one) if one.dose else None, one.reason)
        for one in sorted(decisions, key=lambda one: (one.effective_on, one.recorded_at))
    ]


def course_of(treatment: Treatment, decisions: Iterable[DoseDecision] | None = None) -> list[Span]:
    """The spans of a treatment, the last one open while it runs. `decisions` are the live ones, read if not given."""
    played = spans(
        started_on=treatment.started_on,
        dose=starting_dose(treatment),
        usual=usual_schedule(treatment),
        steps=steps_of(treatment, live_decisions(treatment) if decisions is None else decisions),
    )
    if treatment.ended_on is None or not played:
        return played
    ended = treatment.ended_on
    within = [span for span in played if span.first <= ended]
    return [*within[:-1], replace(within[-1], last=ended)]


def _dose(treatment: Treatment, row: Treatment | DoseDecision) -> doses.Dose:
    ladder = doses.use(treatment.drug, treatment.use)
    found = ladder.at(row.level) if ladder is not None and row.level is not None else None
    mg_a_day = None if row.mg_a_day is None else float(row.mg_a_day)
    return found or doses.Dose(row.level, row.dose, mg_a_day)
