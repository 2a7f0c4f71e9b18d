"""A contact whose answer nobody heard is sent again by the nurse's page, and is kept once."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from backend.triage import work_items
from backend.triage.models import Alert, AlertEvent, Contact, WorkItem
from tests.conftest import NOON, client_of

SPOKE = {"outcome": "spoke_with_patient", "note": "Uses the cream."}


@pytest.fixture
def desk(joan):
    return client_of(joan)


def twice(desk, address, **told):
    """Send it, and send it again. Return both answers' status."""
    body = {"id": str(uuid.uuid4()), **SPOKE, **told}
    return [desk.post(f"/api/v1/{address}", body, format="json").status_code for _ in range(2)]


def test_about_an_alert_that_stays_open(desk, alert_of_maria):
    assert twice(desk, f"alerts/{alert_of_maria.pk}/contacts") == [200, 200]
    assert Contact.objects.get().note == "Uses the cream."
    assert alert_of_maria.events.filter(kind=AlertEvent.Kind.CONTACT).count() == 1


def test_about_an_alert_that_ends_with_it(desk, alert_of_maria):
    assert twice(desk, f"alerts/{alert_of_maria.pk}/resolve", grade=2) == [200, 200]
    assert (Alert.objects.get().state, Contact.objects.count()) == ("resolved", 1)


def test_for_a_work_item_that_ends_with_it(desk, maria):
    work_items.find_proactive_calls(now=NOON)
    assert twice(desk, f"work-items/{WorkItem.objects.get().pk}/finish") == [200, 200]
    assert Contact.objects.count() == 1


def test_with_a_patient_who_rang_and_what_was_promised_is_promised_once(desk, maria):
    later = str(timezone.now().date() + timedelta(days=3))
    assert twice(desk, f"patients/{maria.pk}/contacts", next_step="Cream", next_on=later) == [201, 201]
    assert (Contact.objects.count(), WorkItem.objects.count()) == (1, 1)


@pytest.mark.parametrize("other", [{"note": "Has no cream."}, {"grade": 3}])
def test_other_words_with_the_same_id_are_refused_and_not_taken_for_the_first(desk, alert_of_maria, other):
    first = {"id": str(uuid.uuid4()), **SPOKE}
    address = f"/api/v1/alerts/{alert_of_maria.pk}/contacts"
    desk.post(address, first, format="json")
    answer = desk.post(address, first | other, format="json")
    assert (answer.status_code, answer.json()["code"], Contact.objects.count()) == (409, "id_taken", 1)


def test_what_was_kept_open_is_not_taken_for_resolved(desk, alert_of_maria):
    first = {"id": str(uuid.uuid4()), **SPOKE}
    desk.post(f"/api/v1/alerts/{alert_of_maria.pk}/contacts", first, format="json")
    answer = desk.post(f"/api/v1/alerts/{alert_of_maria.pk}/resolve", first, format="json")
    assert (answer.status_code, Alert.objects.get().state) == (409, "acknowledged")


def test_a_colleagues_contact_is_not_hers(alert_of_maria, desk, priya):
    first = {"id": str(uuid.uuid4()), **SPOKE}
    address = f"/api/v1/alerts/{alert_of_maria.pk}/contacts"
    desk.post(address, first, format="json")
    assert client_of(priya).post(address, first, format="json").status_code == 409
