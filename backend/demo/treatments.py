"""Treatments, dose decisions and consent of the demonstration, recorded as people would have recorded them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from backend.accounts.models import Person
from backend.care import consent
from backend.care.deciding import Chosen, Decision
from backend.care.models import Patient
from backend.care.selectors import running_treatment
from backend.care.treatment import decide, start
from backend.protocol import dose as doses

from .people import DemoPatient

CONSENT_TEXT = "2026-03"
WITHOUT_CONSENT = "chen@example.org"
"""His form is still on its way: no consent recorded."""
_RECORDED_AT = time(9, 40)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision of a patient's prescriber, so many days ago."""

    email: str
    ago: int
    kind: str
    reason: str
    level: int | None = None
    drug: str = ""
    use: str = ""


DECIDED = [
    Decided("grace@example.org", 31, "hold", "Hand-foot skin reaction grade 3. Skin care twice a day."),
    Decided("grace@example.org", 24, "resumption", "Grade 1 again, as the label has it.", level=-1),
    Decided("luis@example.org", 2, "hold", "Liver tests raised. Blood test again on Monday."),
    Decided("samuel@example.org", 30, "reduction", "Diarrhea grade 2 that loperamide did not settle.", level=-1),
    Decided("amina@example.org", 11, "reduction", "She thought of stopping: blood pressure and voice.", level=-1),
]
EARLIER = {"rosa@example.org": ("sorafenib", "us_liver_kidney", 62)}
"""Who was on another drug before the logs begin: drug, ladder, days on it."""


def begin(demo: DemoPatient, patient: Patient, now: datetime) -> None:
    """Start the patient's treatment, after an earlier drug where there was one, and record consent two days before."""
    joan, prescriber = _people(patient)
    first = _today(patient, now) - timedelta(days=demo.days - 1)
    if demo.email in EARLIER:
        drug, use, days = EARLIER[demo.email]
        _start(patient, drug, use, 0, first - timedelta(days=days), "First line.")
        _consent(demo, patient, first - timedelta(days=days + 2), joan)
        level = _level(demo.drug, demo.dose, patient.clinic.region)
        switch = Decided(demo.email, demo.days - 1, "switch", "Growth on the scan.", level[1], demo.drug, level[0])
        _decide(patient, switch, first, joan, prescriber)
        return
    use, number = _level(demo.drug, demo.dose, patient.clinic.region)
    _start(patient, demo.drug, use, number, first, "Agreed at the visit.")
    _consent(demo, patient, first - timedelta(days=2), joan)


def decide_doses(demo: DemoPatient, patient: Patient, now: datetime) -> None:
    """What was decided about the patient's dose since."""
    joan, prescriber = _people(patient)
    today = _today(patient, now)
    for one in DECIDED:
        if one.email == demo.email:
            _decide(patient, one, today - timedelta(days=one.ago), joan, prescriber)


def _decide(patient: Patient, one: Decided, day: date, joan: Person, prescriber: Person) -> None:
    running = running_treatment(patient)
    if running is None:
        raise LookupError(f"{one.email} has no treatment to decide about.")
    decision = Decision(
        kind=one.kind, reason=one.reason, decided_by=prescriber.pk, effective_on=day, level=one.level, drug=one.drug,
        use=one.use,
    )  # fmt: skip
    decide(treatment=running, decision=decision, recorded_by=joan, now=_at(patient, day))


def _start(patient: Patient, drug: str, use: str, level: int, day: date, reason: str) -> None:
    joan, prescriber = _people(patient)
    start(
        patient=patient, drug=drug, use=use, chosen=Chosen(level=level), started_on=day, reason=reason,
        decided_by=prescriber.pk, recorded_by=joan, now=_at(patient, day),
    )  # fmt: skip


def _consent(demo: DemoPatient, patient: Patient, day: date, joan: Person) -> None:
    if demo.email != WITHOUT_CONSENT:
        at = _at(patient, day)
        consent.give(patient=patient, text_version=CONSENT_TEXT, given_on=day, recorded_by=joan, now=at)


def _level(drug: str, words: str, region: str) -> tuple[str, int]:
    """The ladder and level whose words these are: where a label starts so, and of the region, before others."""
    found = [(use.id, dose.level or 0) for use in doses.of(drug) for dose in use.levels if dose.words == words]
    return min(found, key=lambda one: (one[1] != 0, not one[0].startswith(region.lower())))


def _people(patient: Patient) -> tuple[Person, Person]:
    """The nurse who records and the prescriber who decides."""
    staff = Person.objects.filter(clinic_id=patient.clinic_id)
    return staff.filter(role="nurse").order_by("email")[0], staff.filter(role="prescriber")[0]


def _today(patient: Patient, now: datetime) -> date:
    return now.astimezone(ZoneInfo(patient.time_zone)).date()


def _at(patient: Patient, day: date) -> datetime:
    return datetime.combine(day, _RECORDED_AT, tzinfo=ZoneInfo(patient.time_zone))
