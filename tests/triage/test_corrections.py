"""An answer taken back or a number corrected: the alert stays, and the nurse reads what changed and when."""

from datetime import timedelta

import pytest

from backend.triage import recording
from backend.triage.calls import note_call
from backend.triage.models import Alert, AlertEvent, WorkItem
from backend.triage.recording import Outcome
from backend.triage.snooze import Expected
from backend.triage.unseen_calls import find_unseen_calls
from tests.conftest import NO_LIMITS, NOON, TODAY, client_of, hands, pressure, stools

DAY = timedelta(days=1)
LATER = NOON + timedelta(minutes=24)
CHEST_PAIN = {"warning_signs": ["chest_pain"]}
NO_SIGNS: dict[str, list[str]] = {"warning_signs": []}


@pytest.fixture
def corrected(maria, log):
    """Maria logs these facts at noon and corrects them to those at 12:24."""

    def act(first, then, **more):
        kept = log(maria, first, **more)
        return log(maria, then, corrects=kept.pk, now=LATER, **more)

    return act


def events_of(symptom):
    kinds = [AlertEvent.Kind.CORRECTED, AlertEvent.Kind.TAKEN_BACK]
    events = AlertEvent.objects.filter(alert__symptom=symptom, kind__in=kinds).order_by("pk")
    return [(event.kind, event.at, event.detail) for event in events]


def rows(person):
    return {row["symptom"]: row for row in client_of(person).get("/api/v1/alerts").json()["results"]}


def test_chest_pain_taken_back_stays_an_emergency_and_says_when_it_was_taken_back(corrected, joan):
    corrected(CHEST_PAIN, NO_SIGNS)
    row = rows(joan)["chest_pain"]
    assert (row["state"], row["urgency"], row["reason"]) == ("open", "emergency", "Chest pain.")
    assert events_of("chest_pain") == [("taken_back", LATER, "")]
    assert row["corrected"] == {"kind": "taken_back", "at": LATER.isoformat(), "detail": ""}


def test_the_pressure_alert_that_named_the_chest_pain_says_so_too(corrected, joan):
    corrected({**pressure((150, 95), (150, 95)), **CHEST_PAIN}, {**pressure((150, 95), (150, 95)), **NO_SIGNS})
    assert events_of("blood_pressure") == [("taken_back", LATER, "chest pain")]
    assert rows(joan)["blood_pressure"]["urgency"] == "contact_today"


def test_the_patient_reads_that_a_nurse_still_calls(corrected, maria):
    kept = corrected(CHEST_PAIN, {**NO_SIGNS, **stools(1)})
    team = client_of(maria.person).get(f"/api/v1/logs/{kept.pk}").json()["team"]
    (alert,) = team["alerts"]
    assert kept.answer["assessment"]["urgency"] == "self_care"
    assert (team["state"], alert["symptom"], alert["taken_back_at"] is not None) == ("waiting", "chest_pain", True)


def test_what_was_taken_back_and_then_answered_names_who_called(corrected, maria, joan):
    kept = corrected(CHEST_PAIN, NO_SIGNS)
    recording.resolve(
        alert=Alert.objects.get(), outcome=Outcome(code="spoke_with_patient"), nurse=joan, now=LATER + DAY / 24
    )
    assert client_of(maria.person).get(f"/api/v1/logs/{kept.pk}").json()["team"]["by"] == "Joan"


def test_a_corrected_number_says_what_it_was_and_is_now(corrected, joan):
    corrected(stools(6), {"diarrhea": {"stools": 0, "loose": True, **NO_LIMITS}})
    assert events_of("diarrhea") == [("corrected", LATER, "6, now 0")]
    row = rows(joan)["diarrhea"]
    assert (row["reason"][:33], row["corrected"]["detail"]) == ("Diarrhea, estimated grade 2: 6 st", "6, now 0")


FATIGUE = {"present": True, "relieved_by_rest": False, **NO_LIMITS}
CHANGES = [
    ("diarrhea", stools(8), stools(1, loose=False), "stools: 8, now 1; loose stools: yes, now no"),
    ("diarrhea", stools(5), stools(9), "5, now 9"),
    ("diarrhea", stools(1, limits_self_care=True), stools(1), "limits self-care: yes, now no"),
    (
        "hand_foot",
        hands("severe", "severe"),
        hands("none", "none"),
        "skin: raw, open or ulcerated skin, now no skin change; pain: severe pain, now no pain",
    ),
    ("blood_pressure", pressure((188, 112), (186, 111)), pressure((128, 78)), "186/111, now 128/78"),
    ("fatigue", {"fatigue": FATIGUE}, {"fatigue": {**FATIGUE, "relieved_by_rest": True}}, "rest helps: no, now yes"),
    (
        "adherence",
        {"adherence": "wants_to_stop"},
        {"adherence": "as_prescribed"},
        "thinking of stopping, now as prescribed",
    ),
    ("weight", {"weight": 35}, {"weight": 70}, "35, now 70"),
    ("fever", {"temperature": 39.5}, {"temperature": 36.9}, "39.5, now 36.9"),
    ("mouth_sores", {"mouth_sores": "cannot_eat"}, {"mouth_sores": "none"}, "cannot eat, now none"),
    ("nausea", {"nausea": "hardly_eats"}, {"nausea": "none"}, "hardly eats, now none"),
    ("appetite", {"appetite": "hardly_eats"}, {"appetite": "as_usual"}, "hardly eats, now as usual"),
    ("rash", {"rash": "over_30_percent"}, {"rash": "none"}, "over 30 % of the skin, now none"),
]


@pytest.mark.parametrize(("symptom", "first", "then", "said"), CHANGES)
def test_every_kind_of_answer_that_is_corrected_is_named(symptom, first, then, said, corrected):
    corrected(first, then)
    ((kind, _, detail),) = events_of(symptom)
    assert (kind, detail) == ("corrected", said)


def test_an_answer_that_is_not_given_any_more_is_taken_back(corrected):
    corrected({**stools(8), **NO_SIGNS}, NO_SIGNS)
    assert [kind for kind, _, _ in events_of("diarrhea")] == ["taken_back"]


def test_a_correction_of_something_else_says_nothing(corrected):
    corrected(stools(8), {**stools(8), "note": "Since last night."})
    assert events_of("diarrhea") == []


def test_said_again_the_alert_says_that_too(maria, log, corrected):
    kept = corrected(CHEST_PAIN, NO_SIGNS)
    log(maria, CHEST_PAIN, corrects=kept.pk, now=LATER + DAY / 24)
    assert [detail for _, _, detail in events_of("chest_pain")] == ["", "chest pain: no, now yes"]


def test_two_corrections_before_the_worker_comes_are_told_as_one(maria, log):
    first = log(maria, stools(6))
    second = log(maria, stools(3), corrects=first.pk, now=LATER, flag=False)
    log(maria, stools(0), corrects=second.pk, now=LATER + DAY / 24)
    assert [detail for _, _, detail in events_of("diarrhea")] == ["6, now 0"]


def test_the_next_days_log_takes_the_row_over(maria, log, joan, corrected):
    corrected(stools(8), stools(6))
    log(maria, stools(8), day=TODAY + DAY, now=NOON + DAY)
    assert rows(joan)["diarrhea"]["corrected"] is None


# "I have called" about what is held back: no alert shows it, so a work item does.


@pytest.fixture
def call_about_what_is_held_back(maria, log, joan):
    log(maria, hands("minimal", "mild"))
    outcome = Outcome(code="spoke_with_patient", expected=Expected(2, TODAY + 14 * DAY))
    recording.resolve(alert=Alert.objects.get(), outcome=outcome, nurse=joan, now=LATER)
    kept = log(maria, hands("minimal", "mild"), day=TODAY + 2 * DAY, now=NOON + 2 * DAY)
    return note_call(log=kept, called_at=LATER + 2 * DAY, now=LATER + 2 * DAY)


def test_i_have_called_about_what_is_held_back_comes_on_the_worklist_once(call_about_what_is_held_back):
    for minute in (1, 2):
        find_unseen_calls(now=LATER + 2 * DAY + timedelta(minutes=minute))
    item = WorkItem.objects.get()
    assert (item.kind, item.done_at) == ("patient_called", None)


def test_it_leaves_the_worklist_when_a_contact_is_recorded(call_about_what_is_held_back, maria, joan):
    from backend.triage.work_items import record_contact_with

    find_unseen_calls(now=LATER + 2 * DAY)
    after = LATER + 2 * DAY + timedelta(minutes=5)
    record_contact_with(patient=maria, outcome=Outcome(code="spoke_with_patient"), nurse=joan, now=after)
    find_unseen_calls(now=after + timedelta(minutes=1))
    assert WorkItem.objects.filter(kind="patient_called", done_at=None).count() == 0


def test_a_call_about_an_alert_that_waits_needs_no_work_item(maria, log):
    note_call(log=log(maria, stools(8)), called_at=LATER, now=LATER)
    find_unseen_calls(now=LATER)
    assert not WorkItem.objects.exists()
