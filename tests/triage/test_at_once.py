"""Two take over one alert or work item at one moment: the first has it, the second waits for her and is told."""

from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from backend.triage import services, work_items
from backend.triage.models import Alert, WorkItem
from backend.triage.services import AlertConflict
from tests.conftest import NOON

pytestmark = pytest.mark.django_db(transaction=True)
_WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def first_and_second(take_over, first, second):
    """Let the first take it over, and before it is committed the second. Return what the second was refused with."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            take_over(first)
            beside = pool.submit(_beside, take_over, second)
            _until_it_waits(beside)
        return beside.result()


def _beside(take_over, person):
    try:
        take_over(person)
    except AlertConflict as refused:
        return refused
    else:
        return None
    finally:
        connection.close()


def _until_it_waits(second: Future) -> None:
    """Return once the second waits for the first, or has done without."""
    with connection.cursor() as cursor:
        while not second.done():
            cursor.execute(_WAITING)
            if cursor.fetchone() != (0,):
                return


def test_two_take_over_an_alert_and_one_has_it(alert_of_maria, joan, priya, dr_okafor):
    services.acknowledge(alert=alert_of_maria, nurse=priya, now=NOON)
    Alert.objects.update(assigned_to=None)  # she has it by her acknowledgment alone
    refused = first_and_second(
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
    refused = first_and_second(lambda person: work_items.assign(item=item, to=person, seen=priya.pk), joan, dr_okafor)
    assert isinstance(refused, work_items.AlreadyTaken)
    assert (refused.by, WorkItem.objects.get().assigned_to) == (joan, joan)
