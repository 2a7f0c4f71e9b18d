"""The link with which a person sets a new password. It goes by e-mail; only this address ever receives it.

The web process only keeps that somebody asked: it looks nobody up and sends nothing, so its answer and its time are the
same for every address. The key is made when the mail is sent, and stored nowhere.
"""

import logging
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import transaction

from backend.accounts.models import PasswordRequest, Person
from backend.care.models import Patient
from backend.ticks.nudge import nudge

from .channels.email import SMTPException, words
from .services import TASK

logger = logging.getLogger(__name__)

ONE_LINK_IN = timedelta(minutes=10)
TRY_AGAIN_AFTER = timedelta(minutes=1)
GIVE_UP_AFTER = timedelta(hours=4)


def ask(*, email: str, now: datetime) -> None:
    """Keep that somebody asked for a new password for this address, and nudge the sender after the commit."""
    with transaction.atomic():
        PasswordRequest.objects.create(email=email, asked_at=now, next_attempt_at=now)
        transaction.on_commit(lambda: nudge(TASK) and None)


def send_links(*, now: datetime, most: int = 20) -> None:
    """Send the links that were asked for, one transaction each. Safe to run twice; a killed sender sends again."""
    for _ in range(most):
        if not _send_next(now):
            return


def _send_next(now: datetime) -> bool:
    with transaction.atomic():
        waiting = PasswordRequest.objects.select_for_update(skip_locked=True).filter(next_attempt_at__lte=now)
        asked = waiting.order_by("next_attempt_at").first()
        if asked is None:
            return False
        person = _who_may_have_it(asked.email)
        if person is None or _was_sent_lately(person) or _send(person) or now - asked.asked_at >= GIVE_UP_AFTER:
            asked.delete()
        else:
            asked.next_attempt_at = now + TRY_AGAIN_AFTER
            asked.save(update_fields=["next_attempt_at"])
        return True


def _who_may_have_it(email: str) -> Person | None:
    """Whoever signs in with this address. After a patient has left nothing is sent, not even this."""
    left = Patient.objects.exclude(status=Patient.Status.ACTIVE).values("person")
    return Person.objects.filter(email__iexact=email, is_active=True).exclude(pk__in=left).first()


def _sent_lately(person: Person) -> str:
    return f"password-link:{person.pk}"


def _was_sent_lately(person: Person) -> bool:
    return bool(cache.get(_sent_lately(person)))


def _send(person: Person) -> bool:
    """Send the link. False if the mail server did not take it."""
    patient = Patient.objects.filter(person=person).first()
    subject, text = words("new_password", patient.language if patient else "en")
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    page = "/clinic" if person.is_staff_member else "/"
    body = text.substitute(
        site=urlsplit(settings.SITE_URL).netloc,
        link=f"{settings.SITE_URL}{page}#/password/{key}",
        hours=settings.PASSWORD_RESET_TIMEOUT // 3600,
    )
    headers = {"Auto-Submitted": "auto-generated"}
    try:
        EmailMessage(subject=subject, body=body, to=[person.email], headers=headers).send()
    except (OSError, SMTPException) as error:
        logger.warning("Password link not sent: %s", type(error).__name__)
        return False
    cache.set(_sent_lately(person), True, ONE_LINK_IN.total_seconds())
    return True
