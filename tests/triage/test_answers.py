"""What a screen says about an answer is true of this log: nothing older than the log has answered it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.messaging.models import Delivery
from backend.triage import recording, services
from backend.triage.calls import note_call
from backend.triage.can_wait import note_can_wait
from backend.triage.escalation import escalate_overdue_alerts
from backend.triage.follow_up import due_follow_ups
from backend.triage.models import Alert, Snooze
from backend.triage.recording import Outcome
from backend.triage.snooze import Expected
from tests.conftest import NOON, TODAY, client_of, hands, pressure, stools
from tests.home import ZONE

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
CALLED = NOON + 34 * MINUTE
RED_HANDS = hands("minimal", "mild")  # grade 2: contact within 24 hours
CHEST_PAIN = {"warning_signs": ["chest_pain"]}


@pytest.fixture
def team_of(maria):
    """What the patient reads about the team's answer to a log."""

    def read(log):
        return client_of(maria.person).get(f"/api/v1/logs/{log.pk}").json()["team"]

    return read


@pytest.fixture
def later(maria, log):
    """Maria logs these facts so many days after the first day, at noon."""

    def send(days, facts, **more):
        return log(maria, facts, day=TODAY + days * DAY, now=more.pop("now", NOON + days * DAY), **more)

    return send


@pytest.fixture
def resolve(joan):
    """Joan speaks with the patient and resolves the alert, with or without a snooze."""

    def act(alert, *, now=CALLED, expected=None, grade=None):
        outcome = Outcome(code="spoke_with_patient", expected=expected, grade=grade)
        recording.resolve(alert=alert, outcome=outcome, nurse=joan, now=now)

    return act


@pytest.fixture
def snoozed(later, resolve):
    """Hand-foot skin reaction, resolved on the first day and snoozed for two weeks."""
    later(0, RED_HANDS)
    alert = Alert.objects.get()
    resolve(alert, expected=Expected(2, TODAY + 14 * DAY))
    return alert


def say(log, can_wait, at):
    return note_can_wait(log=log, can_wait=can_wait, said_at=at, now=at)


def states(team):
    return {one["symptom"]: one["state"] for one in team["alerts"]}


# Line 3: an older call does not answer a newer log.


def test_a_call_before_the_log_does_not_answer_a_snoozed_symptom(snoozed, later, team_of):
    team = team_of(later(11, RED_HANDS))
    assert (team["state"], team["outcome"], team["due_at"]) == ("held_back", None, None)
    assert team["until"] == str(TODAY + 14 * DAY)


def test_a_call_before_the_log_does_not_answer_what_was_reviewed_a_day_before(later, resolve, team_of):
    later(0, RED_HANDS)
    resolve(Alert.objects.get())
    team = team_of(later(1, RED_HANDS))
    assert (team["state"], team["outcome"], team["due_at"], team["until"]) == ("held_back", None, None, None)


def test_a_call_before_the_log_does_not_answer_what_feeds_an_alert_a_nurse_keeps(later, joan, team_of):
    later(0, RED_HANDS)
    outcome = Outcome(code="spoke_with_patient")
    recording.record_contact(alert=Alert.objects.get(), outcome=outcome, nurse=joan, now=CALLED)
    team = team_of(later(1, RED_HANDS))
    assert (team["state"], team["outcome"], team["due_at"]) == ("held_back", None, None)


def test_an_acknowledgment_before_the_log_is_no_answer_and_its_clock_still_runs(later, joan, team_of):
    later(0, RED_HANDS)
    services.acknowledge(alert=Alert.objects.get(), nurse=joan, now=CALLED)
    assert team_of(later(1, RED_HANDS))["state"] == "waiting"


def test_a_late_log_of_an_older_day_is_not_answered_by_a_call_before_it_came(snoozed, later, team_of):
    assert team_of(later(-1, RED_HANDS, now=NOON + DAY))["state"] == "held_back"


def test_a_reopened_alert_is_not_answered_by_its_earlier_call(later, resolve, joan, team_of):
    kept = later(0, RED_HANDS)
    resolve(Alert.objects.get())
    services.reopen(alert=Alert.objects.get(), note="It was the other hand.", nurse=joan, now=NOON + 60 * MINUTE)
    assert (team_of(kept)["state"], team_of(kept)["by"]) == ("waiting", None)


def test_a_call_after_the_log_answers_it(later, resolve, team_of):
    kept = later(0, RED_HANDS)
    resolve(Alert.objects.get())
    assert (team_of(kept)["state"], team_of(kept)["by"]) == ("resolved", "Joan")


def test_a_correction_of_something_else_keeps_the_answer(later, resolve, log, maria, team_of):
    kept = later(0, RED_HANDS)
    resolve(Alert.objects.get())
    corrected = log(maria, {**RED_HANDS, "note": "The left one."}, corrects=kept.pk, now=NOON + 60 * MINUTE)
    assert (team_of(corrected)["state"], team_of(corrected)["by"]) == ("resolved", "Joan")


def test_a_correction_of_the_symptom_is_not_answered_by_the_call_before_it(later, resolve, log, maria, team_of):
    kept = later(0, stools(5))
    resolve(Alert.objects.get())
    corrected = log(maria, stools(6), corrects=kept.pk, now=NOON + 60 * MINUTE)
    assert team_of(corrected)["state"] == "held_back"


def test_until_a_log_is_flagged_nobody_is_promised_where_it_may_be_held_back(snoozed, maria, later, team_of):
    assert team_of(later(11, RED_HANDS, flag=False))["due_at"] is None
    assert team_of(later(12, stools(8), flag=False))["due_at"] is not None


def test_an_emergency_of_another_day_asks_somebody_again_while_a_nurse_keeps_the_first(later, joan, team_of):
    later(0, CHEST_PAIN)
    outcome = Outcome(code="spoke_with_patient")
    recording.record_contact(alert=Alert.objects.get(), outcome=outcome, nurse=joan, now=CALLED)
    team = team_of(later(1, CHEST_PAIN))
    assert (Alert.objects.get().state, team["state"]) == ("open", "waiting")


# Line 3: "It cannot wait".


def test_it_cannot_wait_reopens_a_snoozed_alert_at_the_urgency_of_the_advice_and_ends_the_snooze(
    snoozed, later, team_of
):
    kept = later(11, RED_HANDS)
    said = NOON + 11 * DAY + 2 * MINUTE
    before = Delivery.objects.count()
    say(kept, False, said)
    alert = Alert.objects.get()
    assert (alert.state, alert.urgency, alert.day) == ("open", "contact_24h", TODAY + 11 * DAY)
    assert alert.due_at == said + DAY
    assert Snooze.objects.get().ended_at == said
    assert [event.kind for event in alert.events.order_by("pk")][-3:] == ["snooze_ended", "cannot_wait", "reopened"]
    assert Delivery.objects.count() == before + 1
    assert (team_of(kept)["state"], team_of(kept)["can_wait"]) == ("waiting", False)


def test_it_cannot_wait_takes_the_urgency_of_this_advice_and_not_of_what_was_resolved(later, resolve):
    later(0, stools(8))
    resolve(Alert.objects.get())
    kept = later(2, stools(5))
    assert (Alert.objects.get().urgency, kept.answer["assessment"]["urgency"]) == ("contact_today", "contact_24h")
    say(kept, False, NOON + 2 * DAY + MINUTE)
    assert (Alert.objects.get().state, Alert.objects.get().urgency) == ("open", "contact_24h")


def test_it_cannot_wait_is_safe_to_send_twice(snoozed, later):
    kept = later(11, RED_HANDS)
    for minute in (2, 3):
        say(kept, False, NOON + 11 * DAY + minute * MINUTE)
    alert = Alert.objects.get()
    assert alert.events.filter(kind="reopened").count() == 1
    assert alert.due_at == NOON + 12 * DAY + 2 * MINUTE


def test_it_can_wait_leaves_what_is_held_back(snoozed, later):
    say(later(11, RED_HANDS), True, NOON + 11 * DAY + MINUTE)
    assert (Alert.objects.get().state, Snooze.objects.get().ended_at) == ("resolved", None)


def test_it_cannot_wait_said_before_the_log_is_flagged_holds_nothing_back(snoozed, later):
    kept = later(11, RED_HANDS, flag=False)
    say(kept, False, NOON + 11 * DAY + MINUTE)
    kept.refresh_from_db()
    assert (Alert.objects.get().state, kept.flagged_at is not None) == ("open", True)


def test_it_cannot_wait_takes_an_alert_with_an_older_contact_up_again(later, joan):
    later(0, RED_HANDS)
    outcome = Outcome(code="spoke_with_patient")
    recording.record_contact(alert=Alert.objects.get(), outcome=outcome, nurse=joan, now=CALLED)
    say(later(1, RED_HANDS), False, NOON + DAY + MINUTE)
    assert Alert.objects.get().state == "open"


def test_it_cannot_wait_changes_no_clock_that_runs(later, joan):
    kept = later(0, RED_HANDS)
    due = Alert.objects.get().due_at
    say(kept, False, NOON + MINUTE)
    assert (Alert.objects.get().due_at, Alert.objects.get().events.count()) == (due, 1)


def test_it_cannot_wait_that_arrives_after_the_nurse_called_opens_nothing(later, resolve):
    kept = later(0, RED_HANDS)
    resolve(Alert.objects.get())
    note_can_wait(log=kept, can_wait=False, said_at=NOON + MINUTE, now=NOON + 60 * MINUTE)
    assert Alert.objects.get().state == "resolved"


def test_what_could_not_wait_and_was_answered_is_held_back_again_the_next_day(snoozed, later, resolve):
    say(later(11, RED_HANDS), False, NOON + 11 * DAY + MINUTE)
    resolve(Alert.objects.get(), now=NOON + 11 * DAY + 30 * MINUTE)
    later(12, RED_HANDS)
    later(10, stools(1), now=NOON + 12 * DAY + MINUTE)  # has the days after it judged again
    assert Alert.objects.get().state == "resolved"


def test_of_two_symptoms_only_the_one_held_back_is_taken_up(snoozed, later, team_of):
    kept = later(11, {**RED_HANDS, **stools(8)})
    assert states(team_of(kept)) == {"diarrhea": "waiting", "hand_foot": "held_back"}
    clock = Alert.objects.get(symptom="diarrhea").due_at
    say(kept, False, NOON + 11 * DAY + MINUTE)
    assert states(team_of(kept)) == {"diarrhea": "waiting", "hand_foot": "waiting"}
    assert Alert.objects.get(symptom="diarrhea").due_at == clock


def test_nobody_is_asked_whether_they_reached_the_team_on_the_day_it_was_taken_up_again(snoozed, later):
    say(later(11, RED_HANDS), False, NOON + 11 * DAY + MINUTE)
    assert due_follow_ups(now=NOON + 11 * DAY + 60 * MINUTE) == []
    assert len(due_follow_ups(now=NOON + 12 * DAY)) == 1


# Line 4: each alert speaks for itself, and a call survives a correction.


def test_an_answered_alert_and_a_waiting_one_each_say_so(later, resolve, team_of):
    kept = later(0, {**stools(8), **pressure((172, 104))})
    resolve(Alert.objects.get(symptom="diarrhea"))
    team = team_of(kept)
    assert states(team) == {"blood_pressure": "waiting", "diarrhea": "resolved"}
    assert [one["by"] for one in team["alerts"]] == [None, "Joan"]
    assert team["state"] == "waiting"


def test_a_call_survives_any_later_change_of_the_log(later, log, maria, riverside, team_of):
    kept = later(0, stools(8))
    note_call(log=kept, called_at=CALLED, now=CALLED)
    for minute, facts in enumerate(({**stools(8), "note": "Since last night."}, stools(9), stools(0)), start=40):
        kept = log(maria, facts, corrects=kept.pk, now=NOON + minute * MINUTE)
        assert team_of(kept)["called_at"] is not None, facts


def test_a_word_that_it_can_wait_counts_for_the_answers_it_was_about(later, log, maria, joan, team_of):
    kept = later(0, stools(5))
    say(kept, True, NOON + MINUTE)
    worse = log(maria, stools(9), corrects=kept.pk, now=NOON + 5 * MINUTE)
    (row,) = client_of(joan).get("/api/v1/alerts").json()["results"]
    assert (team_of(worse)["can_wait"], row["can_wait"]) == (None, None)


def test_a_call_about_less_does_not_keep_the_patient_from_being_asked_about_more(later, log, maria):
    kept = later(0, stools(5))
    note_call(log=kept, called_at=NOON + MINUTE, now=NOON + MINUTE)
    log(maria, stools(9), corrects=kept.pk, now=NOON + 5 * MINUTE)
    escalate_overdue_alerts(now=NOON + 5 * 60 * MINUTE)
    assert Delivery.objects.filter(template="please_call").exists()


def test_i_have_called_about_what_is_held_back_stands_on_the_row_of_another_symptom(snoozed, later, joan):
    kept = later(11, {**RED_HANDS, **stools(8)})
    note_call(log=kept, called_at=NOON + 11 * DAY + MINUTE, now=NOON + 11 * DAY + MINUTE)
    (row,) = client_of(joan).get("/api/v1/alerts").json()["results"]
    assert (row["symptom"], row["called_at"] is not None) == ("diarrhea", True)


# Line 43: a day that is filled in later.


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "8 stools that day"), ("es", "Ese día tuvo 8 evacuaciones"), ("zh-Hans", "您那天有 8 次")],
)
def test_a_back_filled_day_speaks_of_that_day_in_each_language(language, said, maria, later):
    type(maria).objects.update(language=language)
    assert said in later(-1, stools(8), now=NOON).answer["advice"]["because"][0]


def test_a_log_written_yesterday_and_sent_today_speaks_as_it_did_on_the_phone(later):
    written_at = (NOON - DAY).astimezone(ZoneInfo(ZONE))
    kept = later(-1, stools(8), now=NOON, written_at=written_at)
    assert "8 stools today" in kept.answer["advice"]["because"][0]


def test_a_back_filled_day_is_followed_up_tomorrow(later):
    later(-1, stools(8), now=NOON - 60 * MINUTE)
    assert due_follow_ups(now=NOON) == []
    assert len(due_follow_ups(now=NOON + DAY)) == 1
