"""Constraints hold even where a program forgets to ask."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from backend.diary.models import BloodPressureReading, DailyLog
from backend.diary.services import NewLog, OtherContent, store_log
from tests.conftest import NOON, TODAY, pressure, stools


def test_one_current_log_a_day(maria, log):
    kept = log(maria, stools(1))
    with pytest.raises(IntegrityError, match="one_current_log_per_day"), transaction.atomic():
        DailyLog.objects.create(
            id="01932f4b-0000-7000-8000-00000000000a", patient=maria, day=kept.day, facts={}, digest="", answer={},
            received_at=NOON, sent_by=maria.person,
        )  # fmt: skip


def test_a_correction_names_what_it_corrects(maria, log):
    kept = log(maria, stools(1))
    with pytest.raises(IntegrityError, match="corrections_name_what_they_correct"), transaction.atomic():
        DailyLog.objects.filter(pk=kept.pk).update(revision=2)


def test_a_log_is_corrected_once(maria, log):
    first = log(maria, stools(1))
    second = log(maria, stools(2), corrects=first.pk)
    DailyLog.objects.filter(pk=second.pk).update(superseded_at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        DailyLog.objects.create(
            id="01932f4b-0000-7000-8000-00000000000b", patient=maria, day=TODAY, facts={}, digest="", answer={},
            received_at=NOON, sent_by=maria.person, revision=2, corrects=first,
        )  # fmt: skip


@pytest.mark.parametrize(
    "change", [{"diastolic": 152}, {"systolic": 300}, {"diastolic": 20}, {"systolic": 59, "diastolic": 40}]
)
def test_a_reading_that_cannot_be_true(maria, log, change):
    log(maria, pressure((152, 96)))
    with pytest.raises(IntegrityError), transaction.atomic():
        BloodPressureReading.objects.update(**change)


def test_a_corrected_log_is_kept_beside_its_correction(maria, log):
    first = log(maria, stools(1), now=NOON - timedelta(hours=1))
    second = log(maria, stools(8), corrects=first.pk)
    first.refresh_from_db()
    assert (first.superseded_at, second.revision) == (NOON, 2)
    assert first.facts["diarrhea"]["stools"] == 1


def test_a_correction_whose_id_is_taken_leaves_the_days_log_as_it_was(maria, log):
    """Two phones can meet here at the same moment: nothing may be kept in part."""
    first = log(maria, stools(1))
    other = log(maria, stools(2), day=TODAY - timedelta(days=1))
    taken = NewLog(other.pk, maria.pk, TODAY, stools(8), corrects=first.pk)
    with pytest.raises(OtherContent):
        store_log(new=taken, answer={}, phone_agrees=None, sent_by=maria.person_id, now=NOON)
    first.refresh_from_db()
    assert first.superseded_at is None
