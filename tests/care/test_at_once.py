"""Several nurses record about one treatment at one moment: one is right, the others are told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from backend.care.deciding import AlreadyRuns, Chosen, Decision, DecisionRefused, RecordedMeanwhile
from backend.care.models import DoseDecision, Treatment
from backend.care.treatment import decide, start
from tests.conftest import NOON, TODAY

pytestmark = pytest.mark.django_db(transaction=True)
NURSES = 6


def at_once(act):
    """Do it six times at one moment; what each was refused with, None for who was right."""
    together = Barrier(NURSES)

    def one(_):
        try:
            together.wait()
            act()
        except (DecisionRefused, RecordedMeanwhile, AlreadyRuns) as refused:
            return refused
        else:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(NURSES) as pool:
        return list(pool.map(one, range(NURSES)))


@pytest.mark.parametrize("seen", [None, "not asked"])
def test_six_nurses_record_a_hold_and_one_hold_is_kept(maria, joan, dr_okafor, seen):
    treatment = maria.treatments.get()
    hold = Decision(kind="hold", reason="Grade 3", decided_by=dr_okafor.pk, effective_on=TODAY)
    refused = at_once(lambda: decide(treatment=treatment, decision=hold, recorded_by=joan, now=NOON, seen=seen))
    assert refused.count(None) == 1
    assert DoseDecision.objects.filter(kind="hold").count() == 1


def test_six_nurses_switch_and_one_drug_runs(maria, joan, dr_okafor):
    treatment = maria.treatments.get()
    switch = Decision(
        kind="switch", reason="Growth", decided_by=dr_okafor.pk, effective_on=TODAY, drug="regorafenib", use="usual",
        level=0,
    )  # fmt: skip
    refused = at_once(lambda: decide(treatment=treatment, decision=switch, recorded_by=joan, now=NOON))
    assert refused.count(None) == 1
    assert Treatment.objects.filter(ended_on=None).count() == 1
    assert DoseDecision.objects.filter(kind="switch").count() == 1


def test_six_nurses_start_a_drug_and_one_treatment_runs(maria, joan, dr_okafor):
    Treatment.objects.update(ended_on=TODAY - timedelta(days=3))
    refused = at_once(
        lambda: start(
            patient=maria, drug="regorafenib", use="usual", chosen=Chosen(level=0), started_on=TODAY, reason="Next",
            decided_by=dr_okafor.pk, recorded_by=joan, now=NOON,
        )
    )  # fmt: skip
    assert [type(one) for one in refused if one] == [AlreadyRuns] * (NURSES - 1)
    assert Treatment.objects.filter(ended_on=None).count() == 1
