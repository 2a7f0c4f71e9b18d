"""What is sent of a contact: its outcome, what comes next, and what it says about an alert."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers as s
from rest_framework.request import Request

from backend.care.deciding import Decision
from backend.triage import next_steps, recording
from backend.triage.guided import LONGEST_REASON
from backend.triage.models import Contact, NextStep, Urgency
from backend.triage.snooze import Expected

from .inputs import ClockTime, ComingDay, Day, Id, Strict, Text, WholeNumber, YesNo, checked
from .permissions import person_of
from .treatments import DecisionInput

MOST_ALSO = 20
ID_OF_CONTACT = (
    "Of the contact, made by the sender: sent again with the same words, it is kept once and answered the same."
)


class SnoozeInput(Strict):
    """What is expected of the symptom, and until when."""

    expected_grade = WholeNumber(min_value=0, max_value=3)
    until = Day()


class SeenInput(Strict):
    """What you saw of an alert when you began to record."""

    alert = Id()
    urgency = s.ChoiceField(Urgency.choices)
    grade = WholeNumber(min_value=0, max_value=4, required=False, allow_null=True, default=None)


class PlainContactInput(Strict):
    """What came of a call, message or visit that is about no alert."""

    id = Id(required=False, allow_null=True, default=None, help_text=ID_OF_CONTACT)
    outcome = s.ChoiceField(Contact.Outcome.choices)
    note = Text(max_length=2000, required=False, allow_blank=True, default="")
    next_code = s.ChoiceField(
        NextStep.choices, required=False, allow_null=True, default=None,
        help_text="A next step that the patient reads in their own language.",
    )  # fmt: skip
    next_step = Text(
        max_length=200, required=False, allow_blank=True, default="",
        help_text="A next step in your own words, which the patient reads as they are. Only without `next_code`.",
    )  # fmt: skip
    next_on = ComingDay(required=False, allow_null=True, default=None, help_text="On the clinic's calendar.")
    next_time = ClockTime(
        required=False, allow_null=True, default=None, help_text="The hour on that day, by the clinic's clock: 09:30."
    )


class ContactInput(PlainContactInput):
    """What came of a call, message or visit about an alert."""

    grade = WholeNumber(min_value=0, max_value=4, required=False, allow_null=True, default=None)
    dose_decision = DecisionInput(required=False, allow_null=True, default=None)
    snooze = SnoozeInput(required=False, allow_null=True, default=None)
    guide = s.DictField(
        child=YesNo(),
        required=False,
        default=dict,
        help_text="Answers to the call guide, by question. Unanswered: absent.",
    )
    set_aside = Text(
        max_length=LONGEST_REASON,
        required=False,
        allow_blank=True,
        default="",
        help_text="Why what the call guide found needs nothing more. Closing needs it, or a next step.",
    )
    also = s.ListField(
        child=Id(),
        max_length=MOST_ALSO,
        required=False,
        default=list,
        help_text="Other open alerts of this patient, no emergencies, that the contact was about: they end, or stay "
        "open, with it.",
    )
    seen = SeenInput(
        many=True,
        required=False,
        default=list,
        help_text="This alert and the others as you saw them: if one has become worse, or has another grade than the "
        "one you correct, the answer is 409 and nothing is kept. Left out: recorded whatever they are now.",
    )


def plain_outcome_of(request: Request) -> recording.Outcome:
    """What came of a contact that is about no alert. Raise a problem, or what `next_steps.agreed` refuses."""
    return _outcome(checked(PlainContactInput, request.data), request)


def outcome_of(request: Request) -> recording.Outcome:
    """What came of a contact about an alert. Raise a problem, or what `next_steps.agreed` refuses."""
    sent = checked(ContactInput, request.data)
    decision, expected = sent["dose_decision"], sent["snooze"]
    return _outcome(
        sent,
        request,
        grade=sent["grade"],
        decision=Decision(**decision) if decision else None,
        expected=Expected(expected["expected_grade"], expected["until"]) if expected else None,
        guide=sent["guide"],
        set_aside=sent["set_aside"],
        also=frozenset(sent["also"]),
        seen={one["alert"]: recording.SeenAlert(one["urgency"], one["grade"]) for one in sent["seen"]},
    )


def _outcome(sent: dict[str, Any], request: Request, **more: Any) -> recording.Outcome:
    clinic = person_of(request).clinic
    step = next_steps.agreed(
        code=sent["next_code"] or "", words=sent["next_step"], on=sent["next_on"], hour=sent["next_time"],
        time_zone=clinic.time_zone if clinic else "UTC", now=timezone.now(),
    )  # fmt: skip
    return recording.Outcome(
        code=sent["outcome"], id=sent["id"], note=sent["note"], next_code=step.code, next_step=step.words,
        next_on=step.on, next_at=step.at, **more,
    )  # fmt: skip
