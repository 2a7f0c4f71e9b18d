"""Two take over one alert or work item, or grade one day, at one moment: the first is right, the second is told."""

import pytest
from django.db import connection

from backend.triage import grades, services, work_items
from backend.triage.grades import Found, GradedMeanwhile
from backend.triage.models import Alert, ConfirmedGrade, WorkItem
from backend.triage.services import AlertConflict
from tests.at_once import first_and_second
from tests.conftest import NOON, TODAY

pytestmark = pytest.mark.django_db(transaction=True)


def both(take_over, first, second):
    """Both take it over at one moment. Return what the second was refused with."""
    return first_and_second(lambda: take_over(first), lambda: take_over(second), (AlertConflict,))


def test_two_take_over_an_alert_and_one_has_it(alert_of_maria, joan, priya, dr_okafor):
    services.acknowledge(alert=alert_of_maria, nurse=priya, now=NOON)
    Alert.objects.update(assigned_to=None)  # she has it by her acknowledgment alone
    refused = both(
        lambda person: services.assign(alert=alert_of_maria, to=person, by=person, now=NOON, seen=priya.pk),
        joan,
        dr_okafor,
    )
    assert isinstance(refused, services.AlreadyAssigned)
    assert (refused.by, Alert.objects.get().assigned_to) == (joan, joan)
    assert alert_of_maria.events.filter(kind="assigned").count() == 1


def test_two_take_over_a_work_item_and_one_has_it(maria, joan, priya, dr_okafor):
    work_items.find_proactive_calls(now=NOON)
    item = WorkItem.objects.get()
    work_items.take(item=item, nurse=priya, now=NOON)
    refused = both(lambda person: work_items.assign(item=item, to=person, seen=priya.pk), joan, dr_okafor)
    assert isinstance(refused, work_items.AlreadyTaken)
    assert (refused.by, WorkItem.objects.get().assigned_to) == (joan, joan)


READ_BY_ALL_WRITTEN_BY_ONE = "LOCK TABLE triage_confirmedgrade IN SHARE ROW EXCLUSIVE MODE"


def grades_at_one_moment(patient, first, second, *, seen=None):
    """Both have read which grade stands before either writes. Return what the second was refused with."""

    def grade(nurse, found):
        grades.confirm(patient=patient, found=Found("diarrhea", TODAY, found, supersedes=seen), by=nurse, now=NOON)

    def hold_the_second_back():
        with connection.cursor() as cursor:
            cursor.execute(READ_BY_ALL_WRITTEN_BY_ONE)
        grade(*first)

    return first_and_second(hold_the_second_back, lambda: grade(*second), (GradedMeanwhile,))


def test_two_grade_the_same_day_and_the_second_is_told(maria, joan, priya):
    refused = grades_at_one_moment(maria, (joan, 1), (priya, 2))
    kept = ConfirmedGrade.objects.get()
    assert (refused.standing, kept.by, kept.grade, kept.superseded_at) == (kept, joan, 1, None)


def test_two_correct_the_same_grade_and_the_second_is_told(maria, joan, priya, dr_okafor):
    found = Found("diarrhea", TODAY, 3)
    seen = grades.confirm(patient=maria, found=found, by=dr_okafor, now=NOON)
    refused = grades_at_one_moment(maria, (joan, 1), (priya, 2), seen=seen.pk)
    standing = ConfirmedGrade.objects.get(superseded_at=None)
    assert (refused.standing, standing.by, standing.grade) == (standing, joan, 1)


def test_the_same_grade_sent_twice_at_one_moment_is_kept_once(maria, joan):
    assert grades_at_one_moment(maria, (joan, 1), (joan, 1)) is None
    assert ConfirmedGrade.objects.count() == 1
