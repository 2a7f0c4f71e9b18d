"""Treatments and dose decisions: who decided and why, in an order that holds, and nothing ever edited."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from backend.care import treatment as acts
from backend.care.deciding import (
    NOT_ASKED,
    AlreadyRuns,
    AlreadyTakenBack,
    Chosen,
    Decision,
    DecisionRefused,
    NotAPrescriber,
    RecordedMeanwhile,
    StandsUnderOthers,
)
from backend.care.models import DoseDecision, Patient, Treatment
from backend.care.selectors import context_of, course_of, running_treatment
from tests.conftest import NOON, TODAY, make_person
from tests.home import ZONE

DAY = timedelta(days=1)
LIVER = "us_liver_kidney"
FULL, HALF, QUARTER = 0, -1, -2


@pytest.fixture
def chen(team, dr_okafor, joan):
    """On sorafenib 400 mg twice a day for 22 days, started as the clinic records it."""
    person = make_person("chen@example.org", "patient")
    chen = Patient.objects.create(
        person=person, clinic=team.clinic, care_team=team, birth_on=TODAY - 20000 * DAY, time_zone=ZONE
    )
    started(chen, dr_okafor, joan)
    return chen


def started(patient, prescriber, by, *, day=TODAY - 22 * DAY, **more):
    values = {
        "drug": "sorafenib", "use": LIVER, "chosen": Chosen(level=FULL), "reason": "First line", "now": NOON, **more,
    }  # fmt: skip
    return acts.start(patient=patient, started_on=day, decided_by=prescriber.pk, recorded_by=by, **values)


@pytest.fixture
def decide(dr_okafor, joan):
    """Record a decision about the patient's treatment, `ago` days before today."""

    def record(patient, kind, *, ago=0, by=None, now=NOON, seen=NOT_ASKED, treatment=None, **more):
        values = {"reason": "Hand-foot grade 3", "decided_by": dr_okafor.pk, "effective_on": TODAY - ago * DAY, **more}
        return acts.decide(
            treatment=treatment or latest(patient), decision=Decision(kind=kind, **values),
            recorded_by=by or joan, now=now, seen=seen,
        )  # fmt: skip

    return record


def latest(patient) -> Treatment:
    found = running_treatment(patient)
    assert found is not None
    return found


def spans_of(patient):
    """The course in short: (first day as days ago, dose, on hold)."""
    return [((TODAY - span.first).days, span.dose.words, span.held) for span in course_of(latest(patient))]


def test_a_start_says_who_decided_and_why(chen, dr_okafor, joan):
    treatment, decision = Treatment.objects.get(), DoseDecision.objects.get()
    assert (treatment.drug, treatment.dose, treatment.level) == ("sorafenib", "400 mg twice a day", FULL)
    assert (decision.kind, decision.decided_by, decision.recorded_by) == ("start", dr_okafor, joan)
    assert (decision.reason, decision.effective_on) == ("First line", treatment.started_on)


def test_a_second_treatment_is_not_started_beside_a_running_one(chen, dr_okafor, joan):
    with pytest.raises(AlreadyRuns) as refused:
        started(chen, dr_okafor, joan, day=TODAY, drug="regorafenib", use="usual")
    assert refused.value.running == Treatment.objects.get()


def test_the_database_itself_refuses_a_second_running_treatment(chen):
    with pytest.raises(IntegrityError, match="one_running_treatment_per_patient"), transaction.atomic():
        Treatment.objects.create(patient=chen, drug="regorafenib", dose="160 mg", started_on=TODAY)


def test_a_new_treatment_does_not_overlap_the_last_one(chen, decide, dr_okafor, joan):
    decide(chen, "stop", ago=3)
    with pytest.raises(DecisionRefused, match="last treatment ended on May 10, 2026"):
        started(chen, dr_okafor, joan, day=TODAY - 4 * DAY)
    assert started(chen, dr_okafor, joan, day=TODAY - 3 * DAY).started_on == TODAY - 3 * DAY


def test_hold_then_resume_at_a_lower_level(chen, decide):
    decide(chen, "hold", ago=10)
    decide(chen, "resumption", ago=4, level=HALF)
    assert spans_of(chen) == [
        (22, "400 mg twice a day", False), (10, "400 mg twice a day", True), (4, "400 mg once a day", False),
    ]  # fmt: skip


def test_only_what_is_on_hold_is_resumed(chen, decide):
    with pytest.raises(DecisionRefused, match="not on hold") as refused:
        decide(chen, "resumption", level=HALF)
    assert refused.value.field == "kind"


def test_what_is_on_hold_is_not_held_again(chen, decide):
    decide(chen, "hold", ago=2)
    with pytest.raises(DecisionRefused, match="on hold since May 12, 2026"):
        decide(chen, "hold")


@pytest.mark.parametrize("level", [FULL, HALF])
def test_a_reduction_goes_to_a_lower_dose(chen, decide, level):
    decide(chen, "reduction", ago=5, level=HALF)
    with pytest.raises(DecisionRefused, match="400 mg once a day already") as refused:
        decide(chen, "reduction", level=level)
    assert refused.value.field == "level"


def test_an_increase_goes_to_a_higher_dose(chen, decide):
    decide(chen, "reduction", ago=9, level=QUARTER)
    with pytest.raises(DecisionRefused, match="Choose a higher dose"):
        decide(chen, "increase", level=QUARTER)
    decide(chen, "increase", level=HALF)
    assert spans_of(chen)[-1] == (0, "400 mg once a day", False)


def test_another_dose_in_words_is_kept_as_it_was_said(chen, decide):
    decide(chen, "reduction", dose="400 mg on weekdays only", mg_a_day=Decimal("285.7"))
    row = DoseDecision.objects.get(kind="reduction")
    assert (row.dose, row.level, row.mg_a_day) == ("400 mg on weekdays only", None, Decimal("285.7"))


@pytest.mark.parametrize("kind", ["reduction", "increase"])
def test_a_new_dose_has_to_be_named(chen, decide, kind):
    with pytest.raises(DecisionRefused, match="The dose from then on is missing") as refused:
        decide(chen, kind)
    assert refused.value.field == "level"


def test_a_level_that_the_label_does_not_have_is_refused(chen, decide):
    with pytest.raises(DecisionRefused, match="no such level"):
        decide(chen, "reduction", level=-7)


def test_a_decision_has_to_say_why(chen, decide):
    with pytest.raises(DecisionRefused) as refused:
        decide(chen, "hold", reason="  ")
    assert refused.value.field == "reason"


def test_a_decision_before_the_treatment_is_refused(chen, decide):
    with pytest.raises(DecisionRefused, match="began on Apr 22, 2026") as refused:
        decide(chen, "hold", ago=23)
    assert refused.value.field == "effective_on"


def test_a_decision_after_the_end_of_the_treatment_is_refused(chen, decide):
    decide(chen, "stop", ago=3)
    with pytest.raises(DecisionRefused, match="ended on May 10, 2026"):
        decide(chen, "hold", ago=1)
    assert DoseDecision.objects.filter(kind="hold").count() == 0


def test_the_database_itself_refuses_a_decision_outside_the_treatment(chen, decide, dr_okafor, joan):
    decide(chen, "stop", ago=3)
    for ago in (23, 2):
        with pytest.raises(ProgrammingError, match="a day of its treatment"), transaction.atomic():
            DoseDecision.objects.create(
                treatment=latest(chen), kind="hold", reason="x", effective_on=TODAY - ago * DAY,
                decided_by=dr_okafor, recorded_by=joan, recorded_at=NOON,
            )  # fmt: skip


def test_a_plan_reaches_four_weeks_ahead_and_no_further(chen, decide):
    with pytest.raises(DecisionRefused, match="more than 28 days ahead"):
        decide(chen, "reduction", ago=-29, level=HALF)
    assert decide(chen, "reduction", ago=-28, level=HALF).effective_on == TODAY + 28 * DAY


def test_a_stop_is_not_recorded_ahead_of_its_day(chen, decide):
    with pytest.raises(DecisionRefused, match="on the day it counts from"):
        decide(chen, "stop", ago=-1)


def test_the_day_is_the_patients_own(chen, decide):
    late_evening = datetime(2026, 5, 15, 2, 0, tzinfo=UTC)  # still 14 May in New York
    with pytest.raises(DecisionRefused, match="on the day it counts from"):
        decide(chen, "stop", ago=-1, now=late_evening)


def test_a_stop_ends_the_treatment_on_the_day_before(chen, decide):
    decide(chen, "stop", ago=0)
    assert Treatment.objects.get().ended_on == TODAY - DAY


def test_a_treatment_is_not_stopped_on_its_first_day(chen, decide):
    with pytest.raises(DecisionRefused, match="no day"):
        decide(chen, "stop", ago=22)


def test_a_switch_ends_one_treatment_and_begins_the_next_on_the_day_after(chen, decide):
    switch = decide(chen, "switch", ago=0, drug="regorafenib", use="usual", level=FULL)
    old, new = Treatment.objects.order_by("started_on")
    assert (old.ended_on, new.started_on, new.drug, new.dose) == (
        TODAY - DAY, TODAY, "regorafenib", "160 mg once a day",
    )  # fmt: skip
    assert switch.led_to == new
    assert new.began_with == switch


def test_a_switch_to_the_same_drug_is_refused_and_ends_nothing(chen, decide):
    with pytest.raises(DecisionRefused, match="this drug already"):
        decide(chen, "switch", drug="sorafenib", use=LIVER, level=HALF)
    assert Treatment.objects.get().ended_on is None


def test_a_switch_to_a_drug_nobody_knows_is_refused_and_ends_nothing(chen, decide):
    with pytest.raises(DecisionRefused) as refused:
        decide(chen, "switch", drug="aspirin", dose="100 mg")
    assert refused.value.field == "drug"
    assert Treatment.objects.get().ended_on is None


def test_the_database_knows_no_switch_that_leads_nowhere(chen, dr_okafor, joan):
    with pytest.raises(IntegrityError, match="a_switch_leads_to_a_treatment"), transaction.atomic():
        DoseDecision.objects.create(
            treatment=latest(chen), kind="switch", reason="x", effective_on=TODAY,
            decided_by=dr_okafor, recorded_by=joan, recorded_at=NOON,
        )  # fmt: skip


@pytest.mark.parametrize("drug", ["regorafenib", "immunotherapy"])
def test_after_a_switch_the_patient_is_judged_by_the_protocol_of_the_new_drug(chen, decide, drug):
    assert context_of(chen.pk).drug == "sorafenib"
    decide(chen, "switch", drug=drug, dose="as the infusion plan says")
    assert context_of(chen.pk).drug == drug


@pytest.mark.parametrize("who", ["joan", "oscar", "dr_hill", "left"])
def test_only_a_prescriber_who_works_at_the_clinic_decides(chen, decide, who, joan, oscar, hillside, riverside):
    people = {
        "joan": joan, "oscar": oscar, "dr_hill": make_person("hill@example.org", "prescriber", hillside),
        "left": make_person("left@example.org", "prescriber", riverside, is_active=False),
    }  # fmt: skip
    with pytest.raises(NotAPrescriber):
        decide(chen, "hold", decided_by=people[who].pk)
    assert DoseDecision.objects.count() == 1


def test_the_second_nurse_who_had_not_seen_the_first_ones_decision_is_told(chen, decide, joan, priya):
    seen = DoseDecision.objects.get().pk
    decide(chen, "reduction", ago=1, level=HALF, by=priya, seen=seen)
    with pytest.raises(RecordedMeanwhile) as refused:
        decide(chen, "reduction", level=QUARTER, by=joan, seen=seen)
    assert (refused.value.by, refused.value.at, refused.value.kind) == (priya, NOON, "reduction")
    assert DoseDecision.objects.filter(kind="reduction").count() == 1


def test_a_decision_dated_before_another_is_put_where_it_belongs(chen, decide):
    decide(chen, "hold", ago=2)
    decide(chen, "reduction", ago=9, level=HALF)
    assert spans_of(chen) == [
        (22, "400 mg twice a day", False), (9, "400 mg once a day", False), (2, "400 mg once a day", True),
    ]  # fmt: skip


def test_an_earlier_decision_that_makes_a_later_one_impossible_is_refused(chen, decide):
    decide(chen, "hold", ago=2)
    with pytest.raises(DecisionRefused, match="May 12, 2026 would not follow"):
        decide(chen, "hold", ago=9)


def test_a_decision_taken_back_says_who_when_and_why_and_counts_no_more(chen, decide, joan, priya):
    hold = decide(chen, "hold", ago=2, by=priya)
    acts.withdraw(decision=hold, why="Meant for another patient", by=joan, now=NOON)
    kept = DoseDecision.objects.get(kind="hold").withdrawal
    assert (kept.by, kept.at, kept.why) == (joan, NOON, "Meant for another patient")
    assert spans_of(chen) == [(22, "400 mg twice a day", False)]


def test_a_decision_is_taken_back_once(chen, decide, joan, priya):
    hold = decide(chen, "hold", ago=2)
    acts.withdraw(decision=hold, why="Wrong patient", by=priya, now=NOON)
    with pytest.raises(AlreadyTakenBack) as refused:
        acts.withdraw(decision=hold, why="Wrong patient", by=joan, now=NOON + DAY)
    assert refused.value.by == priya


def test_taking_back_has_to_say_why(chen, decide, joan):
    hold = decide(chen, "hold")
    with pytest.raises(DecisionRefused):
        acts.withdraw(decision=hold, why=" ", by=joan, now=NOON)


def test_what_others_stand_on_is_not_taken_back(chen, decide, joan):
    hold = decide(chen, "hold", ago=5)
    decide(chen, "resumption", ago=2, level=HALF)
    with pytest.raises(StandsUnderOthers, match="May 12, 2026"):
        acts.withdraw(decision=hold, why="Wrong", by=joan, now=NOON)


def test_a_stop_taken_back_lets_the_treatment_run_on(chen, decide, joan):
    stop = decide(chen, "stop", ago=1)
    acts.withdraw(decision=stop, why="It was a hold", by=joan, now=NOON)
    assert Treatment.objects.get().ended_on is None


def test_a_stop_is_not_taken_back_under_a_later_treatment_even_one_that_ended(chen, decide, dr_okafor, joan):
    stop = decide(chen, "stop", ago=12)
    started(chen, dr_okafor, joan, drug="regorafenib", use="usual", day=TODAY - 10 * DAY)
    decide(chen, "stop", ago=3)
    with pytest.raises(StandsUnderOthers):
        acts.withdraw(decision=stop, why="It was a hold", by=joan, now=NOON)
    assert Treatment.objects.get(drug="sorafenib").ended_on == TODAY - 13 * DAY


def test_a_switch_taken_back_leaves_the_old_drug_running_and_the_new_one_never_was(chen, decide, joan):
    switch = decide(chen, "switch", drug="regorafenib", use="usual", level=FULL)
    acts.withdraw(decision=switch, why="Wrong patient", by=joan, now=NOON)
    assert [(one.drug, one.ended_on) for one in Treatment.objects.all()] == [("sorafenib", None)]
    assert context_of(chen.pk).drug == "sorafenib"
    assert Treatment.recorded.count() == 2, "what was recorded is never removed"


def test_a_switch_is_not_taken_back_under_the_decisions_of_the_new_treatment(chen, decide, joan):
    switch = decide(chen, "switch", ago=5, drug="regorafenib", use="usual", level=FULL)
    decide(chen, "reduction", ago=2, level=HALF)
    with pytest.raises(StandsUnderOthers):
        acts.withdraw(decision=switch, why="Wrong patient", by=joan, now=NOON)


def test_a_start_taken_back_leaves_no_treatment_and_room_for_the_right_one(chen, dr_okafor, joan):
    acts.withdraw(decision=DoseDecision.objects.get(), why="It was regorafenib", by=joan, now=NOON)
    assert running_treatment(chen) is None
    assert started(chen, dr_okafor, joan, drug="regorafenib", use="usual").drug == "regorafenib"


def test_decisions_and_withdrawals_can_never_be_rewritten(chen, decide, joan):
    acts.withdraw(decision=decide(chen, "hold"), why="Wrong", by=joan, now=NOON)
    for table in ("care_dosedecision", "care_withdrawal"):
        with (
            pytest.raises(ProgrammingError, match="only ever added"), transaction.atomic(), connection.cursor() as at,
        ):  # fmt: skip
            at.execute(f"DELETE FROM {table}")
    with pytest.raises(ProgrammingError, match="only ever added"), transaction.atomic():
        DoseDecision.objects.update(reason="something else")
