"""The audit can be added to and read; the database refuses everything else."""

import uuid

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from backend.audit import services as audit
from backend.audit.models import AuditEvent
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
CHANGES = ["UPDATE audit_auditevent SET person_id = NULL", "DELETE FROM audit_auditevent"]


@pytest.fixture(autouse=True)
def joan_looked_at_two_patients():
    audit.record(now=NOON, person=uuid.uuid4(), patients=[uuid.uuid4(), uuid.uuid4()], verb="viewed", what="worklist")


def test_one_event_per_patient():
    assert AuditEvent.objects.filter(what="worklist", verb="viewed", at=NOON).count() == 2


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_to_rewrite_it(change):
    with (
        pytest.raises(ProgrammingError, match="only ever added"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
    assert AuditEvent.objects.count() == 2
