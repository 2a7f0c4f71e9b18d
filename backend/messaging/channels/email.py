"""E-mail, the first channel. A message says that something waits, never what: nothing about health leaves here."""

from datetime import datetime
from functools import cache
from pathlib import Path
from smtplib import SMTPException
from string import Template

from django.conf import settings
from django.core.mail import EmailMessage

from backend.accounts.models import Person
from backend.care.roster import line_now
from backend.messaging.models import Delivery

__all__ = ["SMTPException", "send", "words"]

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


@cache
def words(template: str, language: str = "en") -> tuple[str, Template]:
    """Return subject and text of a template. The first line is the subject; English where a language lacks it."""
    path = TEMPLATES / language / f"{template}.txt"
    if not path.exists():
        path = TEMPLATES / "en" / f"{template}.txt"
    subject, _, text = path.read_text(encoding="utf-8").partition("\n")
    return subject.strip(), Template(text.strip() + "\n")


def send(*, delivery: Delivery, people: list[Person], now: datetime) -> None:
    """Write to each of `people`. Raise SMTPException or OSError if the mail server did not take it.

    The Message-ID is the delivery's own, so that a mail sent again is known as the same one.
    """
    patient = delivery.patient if delivery.recipient == Delivery.Recipient.PATIENT else None
    subject, text = words(delivery.template, patient.language if patient else "en")
    body = text.substitute(
        link=f"{settings.SITE_URL}/" if patient else f"{settings.SITE_URL}/clinic",
        line=line_now(delivery.sender, now),
        emergency_number=delivery.sender.emergency_number,
    )
    EmailMessage(
        subject=subject,
        body=body,
        to=[person.email for person in people],
        headers={"Message-ID": f"<{delivery.pk}@handhold>", "Auto-Submitted": "auto-generated"},
    ).send()
