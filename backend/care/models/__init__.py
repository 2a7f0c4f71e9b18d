"""Clinics, patients, treatments and rosters, one file a topic."""

from .clinics import CareTeam, Clinic, ProtocolAdoption
from .patients import Consent, Patient
from .rosters import Holiday, OpeningHours, Shift
from .treatments import DoseDecision, Treatment, TreatmentsThatCount, Withdrawal

__all__ = [
    "CareTeam",
    "Clinic",
    "Consent",
    "DoseDecision",
    "Holiday",
    "OpeningHours",
    "Patient",
    "ProtocolAdoption",
    "Shift",
    "Treatment",
    "TreatmentsThatCount",
    "Withdrawal",
]
