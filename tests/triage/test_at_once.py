"""Two take over one alert or work item at one moment: the first has it, the second waits for her and is told."""

import pytest

from backend.triage import services, work_items
from backend.triage.models import Alert, WorkItem
from backend.triage.services import AlertConflict
from tests.at_once import first_and_second
from tests.conftest import NOON

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
