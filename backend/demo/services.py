"""The demonstration clinic, made once and through the services, as people would have made it."""

import uuid
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from backend.accounts.models import Person
from backend.care.adoption import adopt
from backend.care.models import CareTeam, Clinic, Patient
from backend.care.selectors import context_of
from backend.diary import photos
from backend.diary.models import DailyLog
from backend.protocol import load
from backend.protocol.call_guide import call_guide
from backend.triage import flagging, recording, services
from backend.triage.follow_up import send_follow_ups
from backend.triage.missed_logs import find_missed_logs
from backend.triage.models import Alert, Contact
from backend.triage.receive import receive_log
from backend.triage.snooze import Expected
from backend.triage.work_items import find_proactive_calls

from . import treatments
from .beside import confirm_grades, say_whether_it_can_wait
from .days import STORIES
from .drawing import palm
from .messages import write_messages
from .people import (
    HILLSIDE,
    MARIA,
    NADIA,
    PASSWORD,
    PATIENTS,
    PATIENTS_OF_HILLSIDE,
    RIVERSIDE,
    DemoPatient,
    StaffMember,
)
from .roster import keep_roster

ZONE = "America/New_York"
LOGGED_AT_HOUR = 8
SNOOZED_DAYS = 18
PHOTOS = {("ines", 6): (0.35, False), ("ines", 0): (0.9, True)}
"""Photos of hands by story and days ago, with how red they are and whether they blister: for a look side by side."""


@transaction.atomic
def load_demo(*, now: datetime) -> bool:
    """Make the demonstration clinic as of `now`, whole or not at all; False if it is there. Safe to run twice.

    A clinic that is there adopts the newest protocols: no real patient is in it.
    """
    if Clinic.objects.exists():
        _adopt_newest(now)
        return False
    riverside = _clinic("Riverside Oncology", RIVERSIDE, care_line="555 0142", emergency_number="911", region="US")
    hillside = _clinic("Hillside Oncology", HILLSIDE, care_line="555 0199", emergency_number="112", region="EU")
    keep_roster(clinic=riverside.clinic, now=now)
    _adopt_newest(now)
    patients = {demo: _patient(demo, riverside, now) for demo in PATIENTS}
    patients |= {demo: _patient(demo, hillside, now) for demo in PATIENTS_OF_HILLSIDE}
    joan = Person.objects.get(email="joan@example.org")
    for ago in range(max(demo.days for demo in patients) - 1, -1, -1):
        _live_one_day(patients, ago, joan, now)
    write_messages(patients=patients, joan=joan, now=now)
    find_missed_logs(now=now)
    find_proactive_calls(now=now)
    send_follow_ups(now=now)
    return True


def _clinic(name: str, staff: list[StaffMember], **numbers: str) -> CareTeam:
    clinic = Clinic.objects.create(name=name, time_zone=ZONE, **numbers)
    people = [
        Person.objects.create_user(
            member.email,
            PASSWORD,
            name=member.name,
            given_name=member.given_name,
            role=member.role,
            clinic=clinic,
        )
        for member in staff
    ]
    nurses = [person for person in people if person.role == Person.Role.NURSE]
    prescriber = next((person for person in people if person.role == Person.Role.PRESCRIBER), None)
    return CareTeam.objects.create(
        clinic=clinic, name="Team A", nurse=nurses[0], second_nurse=nurses[-1], on_call=prescriber
    )


def _adopt_newest(now: datetime) -> None:
    """Let Riverside use the newest version for each drug."""
    ada = Person.objects.filter(email="ada@example.org").first()
    if ada is not None:
        for drug in load.drugs():
            adopt(drug=drug, version=load.newest(drug).version, by=ada, now=now)


def _patient(demo: DemoPatient, team: CareTeam, now: datetime) -> Patient:
    today = now.astimezone(ZoneInfo(ZONE)).date()
    person = Person.objects.create_user(
        demo.email,
        PASSWORD,
        name=demo.name,
        given_name=demo.name.split()[0],
        role=Person.Role.PATIENT,
        phone=demo.phone,
    )
    patient = Patient.objects.create(
        person=person,
        clinic=team.clinic,
        care_team=team,
        birth_on=date(today.year - demo.age, 1, 15),
        time_zone=ZONE,
        language=demo.language,
        usual_stools=demo.stools,
        usual_systolic=demo.systolic,
        usual_diastolic=demo.diastolic,
        usual_weight=demo.weight,
    )
    treatments.begin(demo, patient, now)
    treatments.decide_doses(demo, patient, now)
    return patient


def _live_one_day(patients: dict[DemoPatient, Patient], ago: int, joan: Person, now: datetime) -> None:
    """Everybody logs, the logs are flagged, and on past days Joan answers what was raised."""
    today = now.astimezone(ZoneInfo(ZONE)).date()
    day = today - timedelta(days=ago)
    for place, (demo, patient) in enumerate(patients.items()):
        facts = STORIES[demo.story](ago) if ago < demo.days else None
        if facts is not None:
            at = now - timedelta(minutes=20 + 9 * place) if ago == 0 else _at(day, LOGGED_AT_HOUR, 3 * place)
            log = _log(patient, day, facts, at)
            if (demo.story, ago) in PHOTOS:
                red, blisters = PHOTOS[demo.story, ago]
                _photo(log, palm(red=red, blisters=blisters), at)
            if ago == 0:
                flagging.flag_waiting_logs(now=at, batch=1)
                say_whether_it_can_wait(story=demo.story, log=log, at=at)
    if ago:
        flagging.flag_waiting_logs(now=_at(day, LOGGED_AT_HOUR, 40), batch=len(patients))
        answered_at = _at(day, LOGGED_AT_HOUR + 1, 10)
        _answer_alerts(joan, answered_at, today, only_a_message_for=NADIA if ago == 1 else None)
        confirm_grades(maria=patients[MARIA], ago=ago, day=day, joan=joan, at=_at(day, LOGGED_AT_HOUR + 1, 30))


def _log(patient: Patient, day: date, facts: dict[str, object], at: datetime) -> DailyLog:
    return receive_log(
        log_id=uuid.uuid4(),
        context=context_of(patient.pk),
        sent_by=patient.person_id,
        day=day,
        raw_facts=facts,
        now=at,
    )


def _photo(log: DailyLog, content: bytes, at: datetime) -> None:
    """A photo of the hands, sent with the log."""
    new = photos.NewPhoto(uuid.uuid4(), log.pk, "hands", len(content), "image/jpeg")
    photos.begin(new=new, patient_id=log.patient_id, now=at)
    photos.take_piece(
        photo_id=new.id, patient_id=log.patient_id, sent_by=log.sent_by_id, offset=0, piece=content, now=at
    )


def _answer_alerts(joan: Person, at: datetime, today: date, only_a_message_for: DemoPatient | None) -> None:
    live = Alert.objects.filter(clinic=joan.clinic).live()
    for alert in live.select_related("patient__person"):
        services.acknowledge(alert=alert, nurse=joan, now=at)
        if only_a_message_for is not None and alert.patient.person.email == only_a_message_for.email:
            message = recording.Outcome(code=Contact.Outcome.MESSAGE_LEFT)
            recording.record_contact(alert=alert, outcome=message, nurse=joan, now=at + timedelta(minutes=4))
            continue
        expected = _expected(alert, at)
        spoke = recording.Outcome(
            code=Contact.Outcome.SPOKE_WITH_PATIENT,
            note="Went through what helps. Calls again if it gets worse.",
            next_step="We look at your hands together." if expected else "We look at your next log together.",
            next_on=today if expected else None,
            grade=alert.grade if _is_marias_skin(alert) else None,
            expected=expected,
            guide=_heard(alert),
        )
        recording.resolve(alert=alert, outcome=spoke, nurse=joan, now=at + timedelta(minutes=7))


def _heard(alert: Alert) -> dict[str, bool]:
    """Joan asks about every sign of the call guide, and hears of those that were reported."""
    named = {name for facts in alert.flags.values_list("facts", flat=True) for name in facts}
    asked = [one.question for one in call_guide().of(alert.symptom, alert.rule).asked]
    return {question.id: f"sign.{question.id}" in named for question in asked if question.sign}


def _expected(alert: Alert, at: datetime) -> Expected | None:
    """Maria's skin is not what it was, and Joan knows: it is snoozed while it stays so."""
    if not _is_marias_skin(alert):
        return None
    return Expected(grade=alert.grade or 0, until=at.date() + timedelta(days=SNOOZED_DAYS))


def _is_marias_skin(alert: Alert) -> bool:
    return (alert.patient.person.email, alert.symptom) == (MARIA.email, "hand_foot")


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(ZONE)) + timedelta(minutes=minute)
