"""What a batch of findings does to alerts, kept in memory and written at once."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from backend.care.selectors import PatientContext
from backend.messaging.models import Delivery
from backend.protocol.model import Fired

from . import snooze as snoozing
from .answers import HELD_BACK, state_of
from .assess import Judged
from .decide import Finding, Move, decide
from .models import RANKS, Alert, AlertEvent, Assessment, Flag, Snooze, Urgency

Key = tuple[UUID, str]
LONGEST_LINE = 500
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


@dataclass(frozen=True, slots=True)
class WaitingLog:
    """Which day of which patient is to be judged."""

    id: UUID
    patient_id: UUID
    day: date


@dataclass(frozen=True, slots=True)
class JudgedLog:
    """A log with its patient, what the protocol says about it, and the row that keeps that."""

    log: WaitingLog
    context: PatientContext
    judged: Judged
    assessment: Assessment


@dataclass
class Ledger:
    """Live and last resolved alerts by patient and symptom, and what is to be written about them.

    `insisted` are the logs that cannot wait, as the patient says, each with the moment at which the log came in;
    `contacted` is when the newest contact about an alert was.
    """

    now: datetime
    live: dict[Key, Alert]
    last: dict[Key, Alert]
    snoozes: dict[Key, Snooze]
    snoozed: dict[UUID, Alert]
    insisted: dict[UUID, datetime] = field(default_factory=dict)
    contacted: dict[UUID, datetime] = field(default_factory=dict)
    changed: dict[UUID, Alert] = field(default_factory=dict)
    flags: list[Flag] = field(default_factory=list)
    events: list[AlertEvent] = field(default_factory=list)
    told: list[tuple[Alert, str, str, str]] = field(default_factory=list)
    ended: list[UUID] = field(default_factory=list)

    def enter(self, *, entry: JudgedLog, finding: Finding, new: list[Fired]) -> None:
        """Let one finding raise, feed, worsen or reopen its alert, or be held back, and flag its new rules.

        Without new rules it changes nothing, unless the patient insists on what was held back.
        """
        key = (entry.context.id, finding.symptom)
        live, last = self.live.get(key), self.last.get(key)
        window = timedelta(days=entry.judged.protocol.review_window_days[finding.symptom])
        snooze = self.snoozes.get(key)
        insists = self._insists(entry.log.id, live or last)
        if not new and not insists:
            return
        move = decide(
            finding=finding, live=live, last=last, review_window=window, now=self.now, insists=insists,
            expected=self._expected(snooze, entry, finding),
            on_a_later_day=live is not None and entry.log.day > live.day,
        )  # fmt: skip
        if snooze is not None and move in (Move.RAISE, Move.REOPEN):
            self._end(key, snooze)
        alert = (live or last if move is not Move.RAISE else None) or self._raised(entry, finding, last)
        if insists and live is None:
            alert.urgency = finding.urgency  # as the advice names it, whatever was resolved before
        if move in (Move.WORSEN, Move.REOPEN):
            self._open_again(alert, finding, move)
        if move is not Move.HOLD_BACK:
            self.live[key] = alert
            if move is not Move.FEED or entry.log.day >= alert.day:
                _describe(alert, entry, finding)
        self.changed[alert.pk] = alert
        if insists:
            self.events.append(AlertEvent(alert=alert, kind=AlertEvent.Kind.CANNOT_WAIT, at=self.now))
        self._note(alert, move, entry, finding, new)

    def save(self) -> None:
        """Write alerts, flags and events. Alerts were locked when they were read."""
        fields = _CHANGED_BY_FINDINGS
        Alert.objects.bulk_create(
            self.changed.values(), update_conflicts=True, unique_fields=["id"], update_fields=fields
        )
        if self.ended:
            Snooze.objects.filter(pk__in=self.ended).update(ended_at=self.now)
        Flag.objects.bulk_create(self.flags)
        AlertEvent.objects.bulk_create(self.events)

    def _insists(self, log: UUID, alert: Alert | None) -> bool:
        """Whether the patient says that this log cannot wait, and its symptom is held back since before it came in."""
        since = self.insisted.get(log)
        if since is None or alert is None:
            return False
        return state_of(alert, since=since, contact_at=self.contacted.get(alert.pk)) == HELD_BACK

    def _expected(self, snooze: Snooze | None, entry: JudgedLog, finding: Finding) -> bool | None:
        alert = self.snoozed.get(snooze.alert_id) if snooze else None
        if snooze is None or alert is None:
            return None
        zone = entry.context.time_zone
        return snoozing.expected(snooze, finding=finding, alert=alert, day=entry.log.day, time_zone=zone)

    def _end(self, key: Key, snooze: Snooze) -> None:
        """It is worse than the nurse expected, or lasts longer."""
        del self.snoozes[key]
        self.ended.append(snooze.pk)
        ended = AlertEvent(alert_id=snooze.alert_id, kind=AlertEvent.Kind.SNOOZE_ENDED, at=self.now, detail=str(snooze))
        self.events.append(ended)

    def _raised(self, entry: JudgedLog, finding: Finding, last: Alert | None) -> Alert:
        due = self.now + timedelta(minutes=finding.due_minutes)
        return Alert(
            clinic_id=entry.context.clinic_id,
            patient_id=entry.context.id,
            symptom=finding.symptom,
            change=Alert.Change.NEW if last is None else Alert.Change.REPEAT,
            day=entry.log.day,
            raised_at=self.now,
            urgency=finding.urgency,
            due_at=due,
            due_minutes=finding.due_minutes,
            escalate_at=due,
        )

    def _open_again(self, alert: Alert, finding: Finding, move: Move) -> None:
        """Worse, or no better: it needs somebody anew. A clock that runs already is only ever made shorter."""
        due = self.now + timedelta(minutes=finding.due_minutes)
        if alert.state == Alert.State.OPEN:
            alert.due_at = min(alert.due_at, due)
            alert.escalate_at = min(alert.escalate_at or due, due)
        else:
            runs = move is Move.REOPEN and alert.state == Alert.State.ACKNOWLEDGED and alert.escalate_at is not None
            alert.due_at = alert.escalate_at = min(alert.due_at, due) if runs else due
            alert.escalation_level = 0
        alert.due_minutes = finding.due_minutes
        alert.state = Alert.State.OPEN
        alert.acknowledged_by = alert.acknowledged_at = alert.resolved_by = alert.resolved_at = None
        alert.change = Alert.Change.WORSE if move is Move.WORSEN else Alert.Change.REPEAT

    def _note(self, alert: Alert, move: Move, entry: JudgedLog, finding: Finding, new: list[Fired]) -> None:
        reason = entry.judged.reason(finding.top)[:LONGEST_LINE]
        self.events.append(AlertEvent(alert=alert, kind=EVENT_OF[move], at=self.now, detail=reason))
        self.flags += [self._flag(alert, entry, finding, fired) for fired in new]
        if move in (Move.RAISE, Move.WORSEN, Move.REOPEN):
            self._tell(alert)

    def _flag(self, alert: Alert, entry: JudgedLog, finding: Finding, fired: Fired) -> Flag:
        return Flag(
            assessment=entry.assessment,
            log_id=entry.log.id,
            alert=alert,
            rule=fired.id,
            symptom=finding.symptom,
            urgency=fired.urgency,
            facts=fired.facts,
            reason=entry.judged.reason(fired)[:LONGEST_LINE],
            source=fired.source,
            flagged_at=self.now,
        )

    def _tell(self, alert: Alert) -> None:
        moment = self.now.isoformat()
        if alert.urgency == Urgency.EMERGENCY:
            self.told += [(alert, "alert_emergency", recipient, f"{recipient}:{moment}") for recipient in EVERYBODY]
        else:
            self.told.append((alert, "alert_raised", Delivery.Recipient.NURSE, moment))


def _describe(alert: Alert, entry: JudgedLog, finding: Finding) -> None:
    """Say on the alert what its latest finding was, with rule and source. Its urgency only ever grows."""
    judged, top = entry.judged, finding.top
    alert.day, alert.grade = entry.log.day, finding.grade
    if finding.rank >= RANKS[Urgency(alert.urgency)]:
        alert.urgency = finding.urgency
    alert.rule, alert.protocol, alert.version = top.id, judged.protocol.drug, judged.protocol.version
    alert.reason, alert.detail = judged.reason(top)[:LONGEST_LINE], judged.detail(top)[:LONGEST_LINE]
    alert.source = top.source
    alert.tags = sorted({*alert.tags, *(tag for fired in finding.fired for tag in fired.tags)})
