"""A web process that receives one log of 5 stools and meets its fate: `python -m tests.faults.receive`.

PATIENT LOG DAY dies     ends itself after the commit, before anybody is told
PATIENT LOG DAY waits    says "stored", and commits when its input ends
"""

import os
import sys
from datetime import UTC, date, datetime
from uuid import UUID

import django

if __name__ == "__main__":
    django.setup()

    from django.db import transaction

    from backend.care.models import Patient
    from backend.care.selectors import context_of
    from backend.triage import receive
    from tests.conftest import stools

    patient_id, log, day, fate = sys.argv[1:]
    if fate == "dies":
        receive.see_to_it = lambda **_: os._exit(9)
    patient = Patient.objects.get(pk=patient_id)
    with transaction.atomic():
        receive.receive_log(
            log_id=UUID(log),
            context=context_of(patient.pk),
            sent_by=patient.person_id,
            day=date.fromisoformat(day),
            raw_facts=stools(5),
            now=datetime.now(UTC),
        )
        print("stored", flush=True)
        if fate == "waits":
            sys.stdin.read()
