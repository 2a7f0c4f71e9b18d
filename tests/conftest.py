"""The cast, and the small acts tests are made of. Time is always an argument."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from backend.accounts.models import Person, Token
from backend.care.models import CareTeam, Clinic, Patient, Treatment
from backend.care.selectors import context_of
from backend.diary.models import DailyLog
from backend.triage import flagging
from backend.triage.models import Alert
from backend.triage.receive import receive_log
from tests.home import ZONE

NOON = datetime(2026, 5, 14, 16, 0, tzinfo=UTC)  # noon in New York
TODAY = date(2026, 5, 14)
NO_LIMITS = {"limits_daily_activities": False, "limits_self_care": False}


def stools(number: Any, **more: Any) -> dict[str, Any]:
    """Facts of a day with so many loose stools."""
    return {"diarrhea": {"stools": number, "loose": True, **NO_LIMITS, **more}}


def hands(skin: str, pain: str) -> dict[str, Any]:
    """Facts of a day with such hands."""
    return {"hands": {"skin_change": skin, "pain": pain, **NO_LIMITS}}


CLOCK_CHANGES = [
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("America/Santiago", date(2026, 4, 5)),
    ("America/Santiago", date(2026, 9, 6)),
]
"""Both days of the year on which clocks change, in four zones; Lord Howe's by half an hour."""


def pressure(*readings: tuple[int, int]) -> dict[str, Any]:
    """Facts of a day with these readings, in mmHg."""
    return {"blood_pressure": [{"systolic": top, "diastolic": bottom} for top, bottom in readings]}


def make_person(email: str, role: str, clinic: Clinic | None = None, **more: Any) -> Person:
    """Somebody of the cast. Their password cannot be used; tests of sign-in set one."""
    name = email.split("@")[0].capitalize()
    return Person.objects.create_user(email, None, name=name, given_name=name, role=role, clinic=clinic, **more)


def make_patient(
    email: str, team: CareTeam, *, drug: str = "sorafenib", started_on: date | None = None, **more: Any
) -> Patient:
    """A patient on treatment for 22 days, with a usual of 1 stool and 126/78 mmHg."""
    baseline = {"usual_stools": 1, "usual_systolic": 126, "usual_diastolic": 78, "usual_weight": 70}
    patient = Patient.objects.create(
        person=make_person(email, "patient", phone="555 0163"), clinic=team.clinic, care_team=team,
        birth_on=date(1963, 1, 15), **{"time_zone": ZONE, **baseline, **more},
    )  # fmt: skip
    started = started_on or TODAY - timedelta(days=22)
    Treatment.objects.create(patient=patient, drug=drug, dose="400 mg twice a day", started_on=started)
    return patient


@pytest.fixture
def riverside(db: None) -> Clinic:
    return Clinic.objects.create(
        name="Riverside Oncology", time_zone=ZONE, care_line="555 0142", emergency_number="911"
    )


@pytest.fixture
def hillside(db: None) -> Clinic:
    return Clinic.objects.create(name="Hillside Oncology", time_zone=ZONE, care_line="555 0199", emergency_number="911")


@pytest.fixture
def joan(riverside: Clinic) -> Person:
    return make_person("joan@example.org", "nurse", riverside)


@pytest.fixture
def priya(riverside: Clinic) -> Person:
    return make_person("priya@example.org", "nurse", riverside)


@pytest.fixture
def dr_okafor(riverside: Clinic) -> Person:
    return make_person("okafor@example.org", "prescriber", riverside)


@pytest.fixture
def ada(riverside: Clinic) -> Person:
    return make_person("ada@example.org", "administrator", riverside)


@pytest.fixture
def oscar(hillside: Clinic) -> Person:
    return make_person("oscar@example.org", "nurse", hillside)


@pytest.fixture
def team(riverside: Clinic, joan: Person, priya: Person, dr_okafor: Person) -> CareTeam:
    return CareTeam.objects.create(clinic=riverside, name="Team A", nurse=joan, second_nurse=priya, on_call=dr_okafor)


@pytest.fixture
def maria(team: CareTeam) -> Patient:
    return make_patient("maria@example.org", team)


@pytest.fixture
def walter(team: CareTeam) -> Patient:
    return make_patient("walter@example.org", team)


Log = Callable[..., DailyLog]


@pytest.fixture
def log() -> Log:
    """Send a log as the API does, and flag it, both at `now`."""

    def send(
        patient: Patient,
        facts: dict[str, Any],
        *,
        day: date = TODAY,
        now: datetime = NOON,
        flag: bool = True,
        **more: Any,
    ) -> DailyLog:
        kept = receive_log(
            log_id=more.pop("log_id", None) or uuid.uuid4(), context=context_of(patient.pk), sent_by=patient.person_id,
            day=day, raw_facts=facts, now=now, **more,
        )  # fmt: skip
        if flag:
            flagging.flag_waiting_logs(now=now, batch=100)
        kept.refresh_from_db()
        return kept

    return send


@pytest.fixture
def alert_of_maria(maria: Patient, log: Log) -> Alert:
    """Diarrhea, estimated grade 3, raised at noon, due at four."""
    log(maria, stools(8))
    return Alert.objects.get(patient=maria)


def client_of(person: Person | None) -> APIClient:
    """A client of the API that carries this person's bearer token."""
    client = APIClient()
    if person is not None:
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {Token.objects.create(user=person, name='tests')[1]}")
    return client
