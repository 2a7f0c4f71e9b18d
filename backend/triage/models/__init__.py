"""What triage keeps, one file a topic."""

from .alerts import Alert, AlertEvent, Alerts, Flag
from .contacts import NEEDS_DAY, ConfirmedGrade, Contact, NextStep, Snooze
from .handovers import Handover, HandoverAlert
from .judged import RANKS, Assessment, Urgency
from .said import CanWait, PatientCall
from .work import WorkItem

__all__ = [
    "NEEDS_DAY",
    "RANKS",
    "Alert",
    "AlertEvent",
    "Alerts",
    "Assessment",
    "CanWait",
    "ConfirmedGrade",
    "Contact",
    "Flag",
    "Handover",
    "HandoverAlert",
    "NextStep",
    "PatientCall",
    "Snooze",
    "Urgency",
    "WorkItem",
]
