"""Two nurses record about one treatment at one moment: the first is right, the second waits for her and is told."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from backend.care.deciding import AlreadyRuns, Chosen, Decision, DecisionRefused, RecordedMeanwhile
from backend.care.models import DoseDecision, Treatment
from backend.care.treatment import decide, start
from tests.conftest import NOON, TODAY

pytestmark = pytest.mark.django_db(transaction=True)
_WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def first_and_second(act):
    """Act, and before it is committed act again beside it. Return what the second was refused with."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            act()
            second = pool.submit(_beside, act)
            _until_it_waits(second)
        return second.result()


def _beside(act):
    try:
        act()
    except (DecisionRefused, RecordedMeanwhile, AlreadyRuns) as refused:
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


def test_two_nurses_record_a_hold_and_one_hold_is_kept(maria, joan, dr_okafor):
    treatment = maria.treatments.get()
    hold = Decision(kind="hold", reason="Grade 3", decided_by=dr_okafor.pk, effective_on=TODAY)
    refused = first_and_second(lambda: decide(treatment=treatment, decision=hold, recorded_by=joan, now=NOON))
    assert isinstance(refused, DecisionRefused)
    assert DoseDecision.objects.filter(kind="hold").count() == 1


def test_two_nurses_who_saw_the_same_record_two_reductions_and_the_second_is_told(maria, joan, dr_okafor):
    treatment = maria.treatments.get()
    lower = Decision(
        kind="reduction", reason="Grade 2", decided_by=dr_okafor.pk, effective_on=TODAY, dose="600 mg a day"
    )
    refused = first_and_second(
        lambda: decide(treatment=treatment, decision=lower, recorded_by=joan, now=NOON, seen=None)
    )
    assert isinstance(refused, RecordedMeanwhile)
    assert refused.by == joan


def test_two_nurses_start_a_drug_and_one_treatment_runs(maria, joan, dr_okafor):
    Treatment.objects.update(ended_on=TODAY - timedelta(days=3))
    refused = first_and_second(
        lambda: start(
            patient=maria, drug="regorafenib", use="usual", chosen=Chosen(level=0), started_on=TODAY, reason="Next",
            decided_by=dr_okafor.pk, recorded_by=joan, now=NOON,
        )
    )  # fmt: skip
    assert isinstance(refused, AlreadyRuns)
    assert Treatment.objects.filter(ended_on=None).count() == 1
