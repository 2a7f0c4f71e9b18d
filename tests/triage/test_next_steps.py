"""What comes next after a contact: coded sentences that each patient reads in their own language, by day and hour."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from backend.protocol import texts
from backend.triage import next_steps, recording, undo
from backend.triage.guided import FindingNotAnswered
from backend.triage.models import NEEDS_DAY, Contact, NextStep, WorkItem
from tests.conftest import NOON, TODAY, client_of

FRIDAY = TODAY + timedelta(days=3)
HALF_PAST_NINE = time(9, 30)
DOSE_WORDS = re.compile(
    r"\b(dos(e|es|is)|tablets?|stop|hold|skip|pastillas?|deje|suspenda|tratamiento)\b|剂量|药片|停药|停|减|加量",
    re.IGNORECASE,
)


def agreed(code="call_again", words="", on=FRIDAY, hour=None, now=NOON, time_zone="America/New_York"):
    return next_steps.agreed(code=code, words=words, on=on, hour=hour, time_zone=time_zone, now=now)


@pytest.mark.parametrize("language", texts.languages())
def test_every_coded_next_step_has_a_sentence_in_every_language_that_says_nothing_about_a_dose(language):
    found = texts.of(language)["next_steps"]
    assert list(found) == NextStep.values
    for sentences in found.values():
        assert "{when}" in sentences["by"]
        assert "{" not in sentences["step"]
        assert not DOSE_WORDS.search(sentences["step"] + sentences["by"])


def test_a_coded_next_step_is_kept_with_english_words_for_older_clients():
    assert agreed().words == "We call you again."


def test_the_hour_is_the_clinics_and_is_kept_as_a_moment():
    assert agreed(hour=HALF_PAST_NINE, on=date(2026, 5, 15)).at == datetime(2026, 5, 15, 13, 30, tzinfo=UTC)


def test_an_hour_that_spring_skips_is_refused():
    with pytest.raises(next_steps.NextStepRefused) as refused:
        agreed(on=date(2027, 3, 14), hour=time(2, 30))
    assert refused.value.field == "next_time"


def test_an_hour_that_has_passed_is_refused_but_one_sent_again_a_little_late_is_kept():
    with pytest.raises(next_steps.NextStepRefused, match="has passed"):
        agreed(
            on=TODAY, hour=time(0, 1), time_zone="UTC", now=datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
        )
    late = datetime(TODAY.year, TODAY.month, TODAY.day, 9, 50, tzinfo=UTC)
    assert agreed(on=TODAY, hour=HALF_PAST_NINE, time_zone="UTC", now=late).at is not None


@pytest.mark.parametrize("code", NEEDS_DAY)
def test_a_promise_needs_a_day(code):
    with pytest.raises(next_steps.NextStepRefused) as refused:
        agreed(code=code, on=None)
    assert refused.value.field == "next_on"


def test_an_hour_needs_its_day():
    with pytest.raises(next_steps.NextStepRefused, match="An hour needs its day"):
        agreed(code="use_cream", on=None, hour=HALF_PAST_NINE)


def test_a_code_and_own_words_are_not_mixed():
    with pytest.raises(next_steps.NextStepRefused) as refused:
        agreed(words="Cream twice a day")
    assert refused.value.field == "next_step"


def test_what_needs_no_day_may_have_none():
    assert agreed(code="log_as_before", on=None).on is None


def spoke(**more):
    return recording.Outcome(code="spoke_with_patient", note="Drinks enough.", **more)


def test_a_promise_with_an_hour_is_work_on_its_day_and_is_undone_with_the_contact(alert_of_maria, joan):
    at = NOON + timedelta(days=3)
    promised = spoke(next_code="call_again", next_step="We call you again.", next_on=FRIDAY, next_at=at)
    contact = recording.resolve(alert=alert_of_maria, outcome=promised, nurse=joan, now=NOON)
    item = WorkItem.objects.get(kind="follow_up")
    assert (item.due_on, item.promised_in) == (FRIDAY, contact)
    assert (contact.next_at, contact.next_code) == (at, "call_again")
    undo.undo(alert=alert_of_maria, contact_id=contact.pk, nurse=joan, now=NOON + timedelta(seconds=30))
    assert not Contact.objects.exists()
    assert not WorkItem.objects.filter(kind="follow_up").exists()


def test_nothing_more_for_now_leaves_what_was_heard_unanswered(alert_of_maria, joan):
    dizzy = {"dizzy_on_standing": True}
    nothing = spoke(next_code="log_as_before", next_step="Log every day as before.", guide=dizzy)
    with pytest.raises(FindingNotAnswered):
        recording.resolve(alert=alert_of_maria, outcome=nothing, nurse=joan, now=NOON)
    calls = spoke(next_code="call_again", next_step="We call you again.", next_on=FRIDAY, guide=dizzy)
    recording.resolve(alert=alert_of_maria, outcome=calls, nurse=joan, now=NOON)


BROKEN = [
    ("coded_next_steps_are_known_and_have_words", {"next_code": "stop_tablets", "next_step": "No."}),
    ("coded_next_steps_are_known_and_have_words", {"next_code": "use_cream", "next_step": ""}),
    ("promises_have_a_day", {"next_code": "call_again", "next_step": "We call you again."}),
    ("hour_of_a_next_step_has_a_day", {"next_step": "Cream.", "next_at": NOON}),
    ("hour_of_a_next_step_has_a_day",
     {"next_step": "Cream.", "next_on": FRIDAY, "next_at": datetime(1, 1, 2, tzinfo=UTC)}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "fields"), BROKEN)
def test_the_database_refuses_a_next_step_that_says_nothing_true(alert_of_maria, maria, joan, name, fields):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Contact.objects.create(
            alert=alert_of_maria,
            patient=maria,
            at=NOON,
            by=joan,
            outcome="spoke_with_patient",
            resolves=False,
            **fields,
        )


def test_a_patient_who_reads_spanish_reads_the_next_step_in_spanish(alert_of_maria, maria, joan):
    maria.language = "es"
    maria.save()
    day = str(datetime.now(tz=UTC).date() + timedelta(days=2))
    sent = {"outcome": "spoke_with_patient", "next_code": "call_again", "next_on": day, "next_time": "09:30"}
    answer = client_of(joan).post(f"/api/v1/alerts/{alert_of_maria.pk}/resolve", sent, format="json")
    assert answer.status_code == 200
    seen = client_of(maria.person).get("/api/v1/logs").json()["results"][0]["team"]
    assert (seen["next_code"], seen["next_step"], seen["next_on"]) == ("call_again", "Le llamamos de nuevo.", day)
    assert datetime.fromisoformat(seen["next_at"]).astimezone(UTC).strftime("%H:%M") in {"13:30", "14:30"}
    history = client_of(joan).get(f"/api/v1/patients/{maria.pk}").json()["contacts"][0]
    assert (history["next_code"], history["next_step"]) == ("call_again", "We call you again.")
    assert history["next_at"] == seen["next_at"]


def test_a_refused_next_step_says_at_which_field(alert_of_maria, joan):
    sent = {"outcome": "spoke_with_patient", "next_code": "call_again"}
    answer = client_of(joan).post(f"/api/v1/alerts/{alert_of_maria.pk}/resolve", sent, format="json")
    assert (answer.status_code, answer.json()["code"]) == (422, "next_step_refused")
    assert answer.json()["fields"][0]["field"] == "next_on"
    assert not Contact.objects.exists()


def test_the_same_contact_sent_twice_with_its_hour_is_kept_once(alert_of_maria, joan):
    day = str(datetime.now(tz=UTC).date() + timedelta(days=2))
    sent = {"id": "01932f4b-0000-7000-8000-00000000000a", "outcome": "spoke_with_patient", "next_code": "call_again",
            "next_on": day, "next_time": "09:30"}  # fmt: skip
    address = f"/api/v1/alerts/{alert_of_maria.pk}/contacts"
    for _ in range(2):
        assert client_of(joan).post(address, sent, format="json").status_code == 200
    other = client_of(joan).post(address, {**sent, "next_time": "10:30"}, format="json")
    assert (other.status_code, other.json()["code"], Contact.objects.count()) == (409, "id_taken", 1)
