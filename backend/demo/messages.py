"""What patients and the team have written to each other in the demonstration, through the services."""

import uuid
from datetime import datetime, timedelta

from backend.accounts.models import Person
from backend.care.models import Patient
from backend.messaging.conversation import NewMessage, mark_read, receive
from backend.messaging.models import Message

from .people import MARIA, NADIA, DemoPatient

Origin = Message.Origin


def write_messages(*, patients: dict[DemoPatient, Patient], joan: Person, now: datetime) -> None:
    """Maria and Joan have written to each other, and Joan's last answer is new; what Nadia asks is still unread."""
    maria, nadia = patients[MARIA], patients[NADIA]
    began = now - timedelta(days=2, hours=3)
    asked = _write(maria, maria.person, "May I take a warm bath? My fingertips are sore.", began)
    _read(maria, joan, Origin.TEAM, asked, began + timedelta(minutes=26))
    answered = _write(
        maria, joan, "Warm is fine, not hot. Pat dry, then use your cream.", began + timedelta(minutes=28)
    )
    _read(maria, maria.person, Origin.PATIENT, answered, began + timedelta(minutes=45))
    asked = _write(maria, maria.person, "Thank you. Do I bring my shoes on Friday?", now - timedelta(hours=2))
    _read(maria, joan, Origin.TEAM, asked, now - timedelta(minutes=70))
    _write(maria, joan, "Yes, please bring the pair you wear most.", now - timedelta(minutes=68))
    _write(
        nadia, nadia.person, "The pharmacy asks for a new prescription form. Who signs it?", now - timedelta(minutes=50)
    )


def _write(patient: Patient, by: Person, text: str, at: datetime) -> Message:
    origin = Origin.PATIENT if by.pk == patient.person_id else Origin.TEAM
    return receive(new=NewMessage(uuid.uuid4(), patient.pk, origin, by, text, at), now=at)


def _read(patient: Patient, reader: Person, side: str, up_to: Message, at: datetime) -> None:
    mark_read(patient_id=patient.pk, reader=reader, side=side, up_to=up_to.pk, now=at)
