"""Snoozing a symptom: what is expected is held back, anything worse is not, and nothing is snoozed for good."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from backend.triage import recording, services, snooze
from backend.triage.models import Alert, AlertEvent, Contact, Snooze
from backend.triage.snooze import Expected, SnoozeRefused
from tests.conftest import NOON, TODAY, client_of, hands, pressure, stools

SOON = NOON + timedelta(minutes=20)
WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def resolve(joan):
    """Joan resolves an alert, and snoozes its symptom."""

    def act(alert, *, grade=2, found=None, until=WEEK, code="spoke_with_patient", now=SOON):
        outcome = recording.Outcome(code=code, grade=found, expected=Expected(grade, until))
        recording.resolve(alert=alert, outcome=outcome, nurse=joan, now=now)
        return Snooze.objects.get(ended_at=None)

    return act


@pytest.fixture
def days_later(maria, log):
    """Maria logs these facts so many days later, at noon."""

    def send(days, facts):
        moment = timedelta(days=days)
        return log(maria, facts, day=TODAY + moment, now=NOON + moment)

    return send


def live():
    return Alert.objects.live()


def test_without_a_snooze_the_same_grade_opens_again_after_the_review_window(alert_of_maria, joan, days_later):
    recording.resolve(alert=alert_of_maria, outcome=recording.Outcome(code="spoke_with_patient"), nurse=joan, now=SOON)
    days_later(9, stools(8))
    assert live().count() == 1


def test_what_was_expected_is_held_back_to_the_last_day_and_not_after(alert_of_maria, resolve, days_later):
    until = TODAY + timedelta(days=9)
    resolve(alert_of_maria, grade=3, until=until)
    for days in (3, 6, 9):
        days_later(days, stools(8))
        assert not live().exists(), f"after {days} days"
    days_later(10, stools(8))
    assert live().get().change == "repeat"


def test_a_log_that_is_held_back_is_still_judged_flagged_and_noted(alert_of_maria, resolve, days_later):
    resolve(alert_of_maria, grade=3)
    kept = days_later(3, stools(8))
    assert kept.answer["assessment"]["urgency"] == "contact_today"  # the patient is told what she always is
    assert {flag.alert for flag in kept.flags.all()} == {alert_of_maria}
    assert alert_of_maria.events.filter(kind=AlertEvent.Kind.HELD_BACK).count() == 1


def test_a_higher_grade_than_expected_opens_at_once_and_ends_the_snooze(alert_of_maria, resolve, days_later):
    kept = resolve(alert_of_maria, grade=1, found=2)
    days_later(1, stools(5))  # 4 above usual: grade 2
    assert live().exists()
    kept.refresh_from_db()
    assert kept.ended_at == NOON + timedelta(days=1)
    assert AlertEvent.objects.filter(kind=AlertEvent.Kind.SNOOZE_ENDED).count() == 1


def test_a_snooze_that_ended_holds_nothing_back_any_more(alert_of_maria, resolve, joan, days_later):
    resolve(alert_of_maria, grade=1, found=2, until=TODAY + timedelta(days=28))
    days_later(1, stools(5))
    spoke = recording.Outcome(code="spoke_with_patient")
    recording.resolve(alert=live().get(), outcome=spoke, nurse=joan, now=SOON + timedelta(days=1))
    days_later(12, stools(5))
    assert live().exists()


def test_the_expected_grade_with_a_more_urgent_reason_is_worse(maria, log, resolve, days_later):
    log(maria, stools(5))  # grade 2 for the first time: within 24 h
    alert = Alert.objects.get()
    assert alert.urgency == "contact_24h"
    resolve(alert, grade=2)
    days_later(1, stools(5))  # grade 2 on the second day: today
    assert live().get().urgency == "contact_today"


def test_another_symptom_is_not_snoozed_with_it(alert_of_maria, resolve, days_later):
    resolve(alert_of_maria, grade=3)
    days_later(1, stools(8) | hands("severe", "severe"))
    assert live().get().symptom == "hand_foot"


def test_a_warning_sign_is_never_snoozed(alert_of_maria, resolve, days_later):
    resolve(alert_of_maria, grade=3)
    days_later(1, stools(8) | {"warning_signs": ["chest_pain"]})
    assert live().get().urgency == "emergency"


def test_ended_by_a_nurse_the_symptom_is_judged_as_any_other(alert_of_maria, resolve, priya, days_later):
    kept = resolve(alert_of_maria, grade=3, until=TODAY + timedelta(days=20))
    snooze.end(snooze=kept, by=priya, now=SOON)
    with pytest.raises(snooze.AlreadyEnded):
        snooze.end(snooze=kept, by=priya, now=SOON)
    days_later(12, stools(8))
    assert live().exists()


def test_an_alert_opened_again_is_not_snoozed(alert_of_maria, resolve, joan):
    kept = resolve(alert_of_maria)
    services.reopen(alert=Alert.objects.get(), note="She called back.", nurse=joan, now=SOON)
    kept.refresh_from_db()
    assert (kept.ended_at, kept.ended_by) == (SOON, joan)


def test_an_older_alert_opened_again_ends_the_snooze_of_a_newer_one(alert_of_maria, resolve, days_later, joan):
    recording.resolve(alert=alert_of_maria, outcome=recording.Outcome(code="spoke_with_patient"), nurse=joan, now=SOON)
    days_later(9, stools(5))
    newer = live().get()
    assert newer != alert_of_maria
    kept = resolve(newer, grade=2, until=TODAY + timedelta(days=20), now=NOON + timedelta(days=9, minutes=5))
    later = NOON + timedelta(days=10)
    services.reopen(alert=Alert.objects.get(pk=alert_of_maria.pk), note="She called back.", nurse=joan, now=later)
    kept.refresh_from_db()
    assert (kept.ended_at, kept.ended_by) == (later, joan)


@pytest.mark.parametrize(
    ("how", "field", "mend"),
    [
        ({"until": TODAY}, "snooze.until", "Choose a day from 2026-05-15 to 2026-06-11."),
        ({"until": TODAY + timedelta(days=29)}, "snooze.until", "Choose a day from 2026-05-15 to 2026-06-11."),
        ({"grade": 3, "found": 2}, "snooze.expected_grade", "Expect grade 2 or less."),
    ],
)
def test_what_cannot_be_snoozed_is_refused_with_what_to_do_and_nothing_is_kept(
    alert_of_maria, resolve, how, field, mend
):
    with pytest.raises(SnoozeRefused) as refused:
        resolve(alert_of_maria, **how)
    assert (refused.value.field, refused.value.mend) == (field, mend)
    assert Alert.objects.get().state == "open"
    assert not alert_of_maria.contacts.exists()


def test_an_emergency_is_never_snoozed(maria, log, resolve):
    log(maria, pressure((190, 115), (188, 114)) | {"warning_signs": ["chest_pain"]})
    with pytest.raises(SnoozeRefused, match="never snoozed"):
        resolve(Alert.objects.get(symptom="blood_pressure"))


def test_only_a_graded_symptom_is_snoozed(maria, log, resolve):
    log(maria, {"adherence": "wants_to_stop"})
    with pytest.raises(SnoozeRefused, match="Only a graded symptom"):
        resolve(Alert.objects.get())


def test_what_stays_open_is_not_snoozed(alert_of_maria, joan):
    outcome = recording.Outcome(code="message_left", expected=Expected(2, WEEK))
    with pytest.raises(SnoozeRefused, match="Only what is resolved"):
        recording.record_contact(alert=alert_of_maria, outcome=outcome, nurse=joan, now=NOON)


def test_the_database_holds_one_snooze_per_symptom(alert_of_maria, resolve, joan):
    kept = resolve(alert_of_maria)
    left = {"at": SOON, "by": joan, "outcome": "message_left", "resolves": False}
    contact = alert_of_maria.contacts.create(patient=kept.patient, **left)
    with pytest.raises(IntegrityError, match="one_snooze_per_symptom"), transaction.atomic():
        Snooze.objects.create(
            alert=alert_of_maria, patient=kept.patient, symptom="diarrhea", contact=contact, expected_grade=1,
            until=WEEK, at=SOON,
        )  # fmt: skip


def test_over_the_api_it_is_part_of_the_record_and_shown_with_the_patient(alert_of_maria, joan, maria):
    alert = Alert.objects.get()

    until = str(timezone.now().date() + timedelta(days=7))
    body = {"outcome": "spoke_with_patient", "grade": 2, "snooze": {"expected_grade": 1, "until": until}}
    answer = client_of(joan).post(f"/api/v1/alerts/{alert.pk}/resolve", body, format="json")
    assert answer.status_code == 200, answer.content
    seen = client_of(joan).get(f"/api/v1/patients/{maria.pk}").json()
    [kept] = seen["snoozes"]
    assert (kept["symptom"], kept["expected_grade"], kept["until"], kept["by"]) == ("diarrhea", 1, until, joan.name)
    assert seen["contacts"][0]["snooze"] == kept
    assert client_of(joan).post(f"/api/v1/snoozes/{kept['id']}/end", {}, format="json").json()["ended_at"]
    again = client_of(joan).post(f"/api/v1/snoozes/{kept['id']}/end", {}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "snooze_ended")


def test_a_snooze_that_runs_is_shown_however_many_contacts_came_after(alert_of_maria, resolve, joan, maria):
    kept = resolve(alert_of_maria, until=timezone.now().date() + timedelta(days=7), now=timezone.now())
    later = [timezone.now() + timedelta(seconds=number) for number in range(201)]
    tried = {"patient": maria, "by": joan, "outcome": "could_not_reach", "resolves": False}
    Contact.objects.bulk_create(Contact(at=at, **tried) for at in later)
    seen = client_of(joan).get(f"/api/v1/patients/{maria.pk}").json()
    assert [one["id"] for one in seen["snoozes"]] == [str(kept.pk)]
    times = [one["at"] for one in seen["contacts"]]
    assert (len(times), times) == (200, sorted(times, reverse=True))


def test_over_the_api_a_day_too_late_names_the_field(alert_of_maria, joan):
    body = {"outcome": "spoke_with_patient", "snooze": {"expected_grade": 1, "until": "2031-01-01"}}
    answer = client_of(joan).post(f"/api/v1/alerts/{alert_of_maria.pk}/resolve", body, format="json")
    assert answer.status_code == 422
    assert answer.json()["fields"][0]["field"] == "snooze.until"
