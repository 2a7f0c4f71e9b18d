"""Treatments and dose decisions: start, hold, reduce, increase, resume, stop, switch, and take back what was wrong.

A prescriber of the clinic decides, somebody records it, and it says why. The treatment's row is locked while the course
is played with the new decision in it, so two nurses recording at once cannot both be right.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from backend.accounts.models import Person
from backend.protocol import dose as doses
from backend.protocol import load

from . import course
from .deciding import (
    DAY,
    NOT_ASKED,
    AlreadyRuns,
    AlreadyTakenBack,
    Chosen,
    Decision,
    DecisionRefused,
    RecordedMeanwhile,
    Seen,
    StandsUnderOthers,
    check_course,
    check_day,
    check_not_too_late,
    check_seen,
    check_still_follows,
    named,
    prescriber_of,
    reason_of,
)
from .models import DoseDecision, Patient, Treatment, Withdrawal
from .selectors import live_decisions

Kind = DoseDecision.Kind


def start(
    *, patient: Patient, drug: str, use: str = "", chosen: Chosen, started_on: date, reason: str, decided_by: UUID,
    recorded_by: Person, now: datetime,
) -> Treatment:  # fmt: skip
    """Start a drug. Raise AlreadyRuns, DecisionRefused or NotAPrescriber."""
    prescriber = prescriber_of(decided_by, patient)
    with transaction.atomic():
        Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
        earlier = Treatment.objects.filter(patient=patient).order_by("-started_on").first()
        if earlier is not None and earlier.ended_on is None:
            raise AlreadyRuns(earlier)
        check_not_too_late(started_on, patient, now, field="started_on")
        if earlier is not None and earlier.ended_on is not None and started_on <= earlier.ended_on:
            ended = course.in_words(earlier.ended_on)
            raise DecisionRefused("started_on", f"The last treatment ended on {ended}.", "Choose a later day.")
        begun = _begin(patient, drug, use, chosen, started_on)
        DoseDecision.objects.create(
            treatment=begun, kind=Kind.START, dose=begun.dose, level=begun.level, mg_a_day=begun.mg_a_day,
            reason=reason_of(reason), effective_on=started_on, decided_by=prescriber, recorded_by=recorded_by,
            recorded_at=now,
        )  # fmt: skip
    return begun


def decide(
    *, treatment: Treatment, decision: Decision, recorded_by: Person, now: datetime, seen: Seen = NOT_ASKED
) -> DoseDecision:
    """Record what was decided; a stop or a switch ends the treatment on the day before.

    `seen` is the decision recorded last when whoever records this looked. Raise RecordedMeanwhile when it is another,
    DecisionRefused where the decision cannot follow, and NotAPrescriber. A refusal keeps nothing, an ended treatment.
    """
    prescriber = prescriber_of(decision.decided_by, treatment.patient)
    with transaction.atomic():
        # The treatment alone: whoever judges the patient's log holds the patient, and waits for the alert.
        locked = Treatment.recorded.select_for_update(of=("self",), no_key=True)
        running = locked.select_related("patient").get(pk=treatment.pk)
        if running.taken_back_at is not None:
            raise RecordedMeanwhile(None, None, None)
        before = live_decisions(running)
        check_seen(before, seen)
        check_day(running, decision, now)
        new = DoseDecision(
            treatment=running, kind=decision.kind, reason=reason_of(decision.reason),
            effective_on=decision.effective_on, decided_by=prescriber, recorded_by=recorded_by, recorded_at=now,
        )  # fmt: skip
        if decision.kind in course.NAMES_A_DOSE:
            new.dose, new.level, new.mg_a_day = named(running.drug, running.use, decision)
        check_course(running, [*before, new], new)
        if decision.kind in course.ENDS:
            new.led_to = _end(running, decision)
        if decision.kind == Kind.SWITCH and new.led_to is not None:
            new.dose, new.level, new.mg_a_day = new.led_to.dose, new.led_to.level, new.led_to.mg_a_day
        new.save(force_insert=True)
    return new


def withdraw(*, decision: DoseDecision, why: str, by: Person, now: datetime) -> Withdrawal:
    """Take back what was recorded by mistake. Raise AlreadyTakenBack, or StandsUnderOthers, and change nothing then.

    A stop or switch taken back lets the treatment run on; a start taken back never was.
    """
    with transaction.atomic():
        Patient.objects.select_for_update(no_key=True).get(treatments=decision.treatment_id)
        treatment = Treatment.recorded.select_for_update(no_key=True).get(pk=decision.treatment_id)
        earlier = Withdrawal.objects.filter(decision=decision).select_related("by__clinic").first()
        if earlier is not None:
            raise AlreadyTakenBack(earlier)
        left = [one for one in live_decisions(treatment) if one.pk != decision.pk]
        if decision.kind == Kind.START:
            _never_was(treatment, left, now)
        elif decision.kind in course.ENDS:
            _runs_on(treatment, decision, now)
        check_still_follows(treatment, left)
        return Withdrawal.objects.create(decision=decision, why=reason_of(why), by=by, at=now)


def _begin(patient: Patient, drug: str, use: str, chosen: Chosen, started_on: date) -> Treatment:
    if drug not in load.drugs():
        raise DecisionRefused("drug", "This drug is not known here.", "Choose one from the list.")
    if use and doses.use(drug, use) is None:
        raise DecisionRefused("use", "The label has no such doses.", "Choose one from the list.")
    words, level, mg_a_day = named(drug, use, chosen)
    try:
        with transaction.atomic():
            return Treatment.objects.create(
                patient=patient, drug=drug, use=use, dose=words, level=level, mg_a_day=mg_a_day, started_on=started_on
            )
    except IntegrityError as error:
        raise AlreadyRuns(Treatment.objects.filter(patient=patient, ended_on=None).first()) from error


def _end(treatment: Treatment, decision: Decision) -> Treatment | None:
    """End the treatment on the day before, and begin the one a switch leads to."""
    treatment.ended_on = decision.effective_on - DAY
    treatment.save(update_fields=["ended_on"])
    if decision.kind != Kind.SWITCH:
        return None
    if decision.drug == treatment.drug:
        raise DecisionRefused("drug", "It is this drug already.", "Choose another drug, or a change of dose.")
    chosen = Chosen(decision.dose, decision.level, decision.mg_a_day)
    return _begin(treatment.patient, decision.drug, decision.use, chosen, decision.effective_on)


def _never_was(treatment: Treatment, left: Sequence[DoseDecision], now: datetime) -> None:
    if left:
        raise StandsUnderOthers(course.in_words(left[0].effective_on))
    Treatment.objects.filter(pk=treatment.pk).update(
        taken_back_at=now, ended_on=treatment.ended_on or treatment.started_on
    )


def _runs_on(treatment: Treatment, decision: DoseDecision, now: datetime) -> None:
    """The treatment has not ended after all; what a switch led to never was."""
    if decision.led_to is not None:
        led_to = Treatment.objects.select_for_update(no_key=True).get(pk=decision.led_to.pk)
        _never_was(led_to, live_decisions(led_to), now)
    if Treatment.objects.filter(patient=treatment.patient_id, started_on__gt=treatment.ended_on).exists():
        raise StandsUnderOthers("")
    treatment.ended_on = None
    treatment.save(update_fields=["ended_on"])
