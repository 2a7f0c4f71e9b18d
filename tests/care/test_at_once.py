"""Two nurses record about one treatment at one moment: the first is right, the second waits for her and is told."""

from datetime import timedelta

import pytest

from backend.care.deciding import AlreadyRuns, Chosen, Decision, DecisionRefused, RecordedMeanwhile
from backend.care.models import DoseDecision, Treatment
from backend.care.treatment import decide, start, withdraw
from tests.at_once import first_and_second
from tests.conftest import NOON, TODAY

pytestmark = pytest.mark.django_db(transaction=True)
REFUSALS = (DecisionRefused, RecordedMeanwhile, AlreadyRuns)


def both(act):
    """Two nurses do the same at one moment. Return what the second was refused with."""
    return first_and_second(act, act, REFUSALS)


def test_two_nurses_record_a_hold_and_one_hold_is_kept(maria, joan, dr_okafor):
    treatment = maria.treatments.get()
    hold = Decision(kind="hold", reason="Grade 3", decided_by=dr_okafor.pk, effective_on=TODAY)
    refused = both(lambda: decide(treatment=treatment, decision=hold, recorded_by=joan, now=NOON))
    assert isinstance(refused, DecisionRefused)
    assert DoseDecision.objects.filter(kind="hold").count() == 1


def test_two_nurses_who_saw_the_same_record_two_reductions_and_the_second_is_told(maria, joan, dr_okafor):
    treatment = maria.treatments.get()
    lower = Decision(
        kind="reduction", reason="Grade 2", decided_by=dr_okafor.pk, effective_on=TODAY, dose="600 mg a day"
    )
    refused = both(lambda: decide(treatment=treatment, decision=lower, recorded_by=joan, now=NOON, seen=None))
    assert isinstance(refused, RecordedMeanwhile)
    assert refused.by == joan


def test_two_nurses_start_a_drug_and_one_treatment_runs(maria, joan, dr_okafor):
    Treatment.objects.update(ended_on=TODAY - timedelta(days=3))
    refused = both(
        lambda: start(
            patient=maria, drug="regorafenib", use="usual", chosen=Chosen(level=0), started_on=TODAY, reason="Next",
            decided_by=dr_okafor.pk, recorded_by=joan, now=NOON,
        )
    )  # fmt: skip
    assert isinstance(refused, AlreadyRuns)
    assert Treatment.objects.filter(ended_on=None).count() == 1


def test_a_decision_about_a_treatment_that_is_taken_back_at_that_moment_is_refused(maria, joan, dr_okafor):
    Treatment.objects.update(ended_on=TODAY - timedelta(days=3))
    begun = start(
        patient=maria, drug="regorafenib", use="usual", chosen=Chosen(level=0), started_on=TODAY, reason="Next",
        decided_by=dr_okafor.pk, recorded_by=joan, now=NOON,
    )  # fmt: skip
    hold = Decision(kind="hold", reason="Grade 3", decided_by=dr_okafor.pk, effective_on=TODAY)
    refused = first_and_second(
        lambda: withdraw(decision=begun.dose_decisions.get(), why="Wrong patient", by=joan, now=NOON),
        lambda: decide(treatment=begun, decision=hold, recorded_by=joan, now=NOON),
        REFUSALS,
    )
    assert isinstance(refused, RecordedMeanwhile)
    assert not DoseDecision.objects.filter(kind="hold").exists()
