"""What a batch of findings does to alerts, kept in memory and written at once."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.care.selectors import PatientContext
from backend.diary.models import DailyLog
from backend.messaging.models import Delivery

from .assess import Judged
from .decide import Finding, Move, decide
from .models import Alert, AlertEvent, Assessment, Flag, Urgency

Key = tuple[UUID, str]
_CHANGED_BY_FINDINGS = [
    "urgency", "state", "change", "day", "rule", "protocol", "version", "reason", "detail", "source", "tags", "grade",
    "due_at", "due_minutes", "escalation_level", "escalate_at", "acknowledged_by", "acknowledged_at", "resolved_by",
    "resolved_at",
]  # fmt: skip
EVERYBODY = (Delivery.Recipient.NURSE, Delivery.Recipient.SECOND_NURSE, Delivery.Recipient.ON_CALL)
EVENT_OF = {
    Move.RAISE: AlertEvent.Kind.RAISED,
    Move.FEED: AlertEvent.Kind.FED,
    Move.WORSEN: AlertEvent.Kind.WORSENED,
    Move.HOLD_BACK: AlertEvent.Kind.HELD_BACK,
    Move.REOPEN: AlertEvent.Kind.REOPENED,
}


@dataclass
class Ledger:
    """Live and last resolved alerts by patient and symptom, and what is to be written about them."""

    now: datetime
    live: dict[Key, Alert]
    last: dict[Key, Alert]
    changed: dict[UUID, Alert] = field(default_factory=dict)
    flags: list[Flag] = field(default_factory=list)
    events: list[AlertEvent] = field(default_factory=list)
    told: list[tuple[Alert, str, str, str]] = field(default_factory=list)

    def enter(
        self, *, context: PatientContext, log: DailyLog, judged: Judged, finding: Finding, new: list[Any],
        assessment: Assessment,
    ) -> None:  # fmt: skip
        """Let one finding raise, feed, worsen or reopen its alert, or be held back, and flag its new rules."""
        key = (log.patient_id, finding.symptom)
        live, last = self.live.get(key), self.last.get(key)
        window = timedelta(days=judged.protocol.review_window_days[finding.symptom])
        move = decide(finding=finding, live=live, last=last, review_window=window, now=self.now)
        if move is Move.RAISE:
            alert = self._raise(context, log, finding, repeat=last is not None)
        else:
            alert = live or last
            assert alert is not None
            self._change(alert, log, finding, move)
        if move is not Move.HOLD_BACK:
            self.live[key] = alert
            if move is not Move.FEED or log.day >= alert.day:
                _describe(alert, log, judged, finding)
        self.changed[alert.pk] = alert
        self._note(alert, move, log, judged, finding, new, assessment)

    def save(self) -> None:
        """Write alerts, flags and events. Alerts were locked when they were read."""
        fields = _CHANGED_BY_FINDINGS
        Alert.objects.bulk_create(
            self.changed.values(), update_conflicts=True, unique_fields=["id"], update_fields=fields
        )
        Flag.objects.bulk_create(self.flags)
        AlertEvent.objects.bulk_create(self.events)

    def _raise(self, context: PatientContext, log: DailyLog, finding: Finding, *, repeat: bool) -> Alert:
        due = self.now + timedelta(minutes=finding.due_minutes)
        return Alert(
            clinic_id=context.clinic_id,
            patient_id=log.patient_id,
            symptom=finding.symptom,
            change=Alert.Change.REPEAT if repeat else Alert.Change.NEW,
            day=log.day,
            raised_at=self.now,
            urgency=finding.urgency,
            due_at=due,
            due_minutes=finding.due_minutes,
            escalate_at=due,
        )

    def _change(self, alert: Alert, log: DailyLog, finding: Finding, move: Move) -> None:
        if move in (Move.WORSEN, Move.REOPEN):
            due = self.now + timedelta(minutes=finding.due_minutes)
            waiting = alert.state == Alert.State.OPEN
            alert.due_at = min(alert.due_at, due) if waiting else due
            alert.due_minutes = finding.due_minutes
            alert.escalate_at = min(alert.escalate_at or due, due) if waiting else due
            alert.escalation_level = alert.escalation_level if waiting else 0
            alert.state = Alert.State.OPEN
            alert.acknowledged_by = alert.acknowledged_at = alert.resolved_by = alert.resolved_at = None
            alert.change = Alert.Change.WORSE if move is Move.WORSEN else Alert.Change.REPEAT

    def _note(
        self, alert: Alert, move: Move, log: DailyLog, judged: Judged, finding: Finding, new: list[Any],
        assessment: Assessment,
    ) -> None:  # fmt: skip
        reason = judged.reason(finding.top)[:500]
        self.events.append(AlertEvent(alert=alert, kind=EVENT_OF[move], at=self.now, detail=reason))
        for fired in new:
            self.flags.append(
                Flag(
                    assessment=assessment,
                    log=log,
                    alert=alert,
                    rule=fired.id,
                    symptom=finding.symptom,
                    urgency=fired.urgency,
                    facts=fired.facts,
                    reason=judged.reason(fired)[:500],
                    source=fired.source,
                    flagged_at=self.now,
                )
            )
        if move in (Move.RAISE, Move.WORSEN, Move.REOPEN):
            self._tell(alert)

    def _tell(self, alert: Alert) -> None:
        moment = self.now.isoformat()
        if alert.urgency == Urgency.EMERGENCY:
            self.told += [(alert, "alert_emergency", recipient, f"{recipient}:{moment}") for recipient in EVERYBODY]
        else:
            self.told.append((alert, "alert_raised", Delivery.Recipient.NURSE, moment))


def _describe(alert: Alert, log: DailyLog, judged: Judged, finding: Finding) -> None:
    """Say on the alert what its latest finding was, with rule and source."""
    alert.day = log.day
    alert.urgency = finding.urgency if finding.rank >= alert_rank(alert) else alert.urgency
    alert.grade = finding.grade
    alert.rule, alert.protocol, alert.version = finding.top.id, judged.protocol.drug, judged.protocol.version
    alert.reason, alert.detail = judged.reason(finding.top)[:500], judged.detail(finding.top)[:500]
    alert.source = finding.top.source
    alert.tags = sorted({*alert.tags, *(tag for fired in finding.fired for tag in fired.tags)})


def alert_rank(alert: Alert) -> int:
    """0 self_care to 3 emergency."""
    return list(Urgency).index(Urgency(alert.urgency))
