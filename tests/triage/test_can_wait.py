"""Can it wait? The patient's own word: the last one counts, and no urgency or clock changes by it."""

from datetime import timedelta

import pytest

from backend.messaging.models import Delivery
from backend.triage.can_wait import NotAsked, note_can_wait
from backend.triage.models import Alert, CanWait
from backend.triage.worklist import alerts_of_clinic, around, rows_of
from tests.conftest import NOON, TODAY, pressure, stools

SAID = NOON + timedelta(minutes=3)
LATER = NOON + timedelta(minutes=9)


@pytest.fixture
def say():
    """The patient says whether it can wait, about a log."""

    def act(log, can_wait, at=SAID, *, now=None):
        return note_can_wait(log=log, can_wait=can_wait, said_at=at, now=now or at)

    return act


def shown_to_the_nurse(clinic):
    row = rows_of(alerts_of_clinic(clinic.pk)).get()
    return around([row], clinic_id=clinic.pk, now=NOON).beside[row.id].can_wait


def test_the_nurse_sees_that_nothing_was_said_and_then_what_was(maria, riverside, log, say):
    kept = log(maria, stools(8))
    assert shown_to_the_nurse(riverside) is None
    say(kept, False)
    assert shown_to_the_nurse(riverside) is False


def test_the_last_word_counts(maria, riverside, log, say):
    kept = log(maria, stools(8))
    say(kept, True)
    say(kept, False, LATER)
    assert shown_to_the_nurse(riverside) is False


def test_an_older_word_that_comes_later_changes_nothing(maria, riverside, log, say):
    kept = log(maria, stools(8))
    say(kept, False, LATER)
    assert say(kept, True, SAID, now=LATER + timedelta(minutes=1)).can_wait is False


def test_sent_again_it_is_kept_once(maria, log, say):
    kept = log(maria, stools(8))
    first = say(kept, True)
    assert say(kept, True, now=LATER).heard_at == first.heard_at
    assert CanWait.objects.count() == 1


def test_a_phone_whose_clock_is_days_ahead_can_still_be_corrected_later(maria, log, say):
    kept = log(maria, stools(8))
    assert say(kept, True, NOON + timedelta(days=3), now=SAID).said_at == SAID
    assert say(kept, False, LATER).can_wait is False


def test_that_it_can_wait_changes_neither_urgency_nor_clock_nor_message(maria, log, say):
    kept = log(maria, stools(8))
    before, sent = Alert.objects.values().get(), Delivery.objects.count()
    say(kept, True)
    assert (Alert.objects.values().get(), Delivery.objects.count()) == (before, sent)


@pytest.mark.parametrize("facts", [stools(1), {**pressure((188, 112)), "warning_signs": ["chest_pain"]}])
def test_nobody_is_asked_where_nothing_or_an_emergency_was_found(maria, log, say, facts):
    with pytest.raises(NotAsked):
        say(log(maria, facts), True)


def test_the_word_about_an_earlier_day_is_not_shown_for_a_newer_one(maria, riverside, log, say):
    day = timedelta(days=1)
    say(log(maria, stools(8), day=TODAY - day, now=NOON - day), True, NOON - day)
    log(maria, stools(8))
    assert shown_to_the_nurse(riverside) is None
