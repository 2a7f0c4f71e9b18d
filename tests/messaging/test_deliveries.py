"""Messages: sent at least once, to whoever is there when they are sent, and never with anything about health."""

import re
import smtplib
from datetime import time, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from backend.care import shifts
from backend.care.models import Clinic, Patient
from backend.messaging import services as messaging
from backend.messaging import tasks
from backend.messaging.channels import email
from backend.messaging.models import Delivery
from backend.protocol import load
from backend.triage import services
from backend.triage.escalation import escalate_overdue_alerts
from backend.triage.models import Alert
from scripts.places import ROOT
from tests.conftest import NOON, client_of, stools

TEMPLATES = Path(email.__file__).parent.parent / "templates"


def send(now=NOON):
    return messaging.send_waiting_deliveries(now=now)


def test_the_nurse_is_written_to_when_an_alert_is_raised(alert_of_maria, joan):
    send()
    assert [message.to for message in mail.outbox] == [["joan@example.org"]]
    assert Delivery.objects.get().person == joan


def test_a_message_says_that_something_waits_and_never_what(alert_of_maria):
    send()
    text = f"{mail.outbox[0].subject} {mail.outbox[0].body}".lower()
    for word in ("maria", "diarrhea", "stool", "sorafenib", "grade", "8"):
        assert word not in text


def test_lesson_10_no_template_has_a_name_a_drug_a_symptom_or_a_value():
    texts = load.wire(load.newest("sorafenib"), "en")["texts"]
    health = {
        *load.drugs(),
        "diarrhea",
        "hand",
        "foot",
        "blood",
        "pressure",
        "fatigue",
        "tablet",
        "dose",
        "cancer",
        "pain",
    }
    assert texts
    templates = list(TEMPLATES.glob("*/*.txt"))
    assert len(templates) >= 8
    for template in templates:
        words = set(template.read_text().lower().replace(".", " ").replace(",", " ").split())
        assert not words & health, template.name
        assert set(template.read_text().split("$")[1:]) == {
            part
            for part in template.read_text().split("$")[1:]
            if part.startswith(("link", "line", "emergency_number", "site", "hours"))
        }


@pytest.mark.parametrize("language", ["en", "es", "zh-Hans"])
@pytest.mark.parametrize("template", ["please_call", "follow_up", "log_missing", "log_missing_again"])
def test_a_mail_gives_the_number_that_is_answered_when_it_is_sent(maria, riverside, template, language):
    shifts.set_hours(clinic=riverside, hours=[(day, time(8), time(17)) for day in range(7)])
    Clinic.objects.update(out_of_hours_line="555 0143")
    Patient.objects.update(language=language)
    for moment in (NOON, NOON + timedelta(hours=10)):
        asked = messaging.Request(f"{template}:{moment}", maria.pk, Delivery.Recipient.PATIENT, template)
        messaging.request_deliveries(requests=[asked], now=moment)
        send(moment)
    by_day, by_night = (sent.body for sent in mail.outbox)
    assert ("555 0142" in by_day, "555 0143" in by_day) == (True, False)
    assert ("555 0142" in by_night, "555 0143" in by_night) == (False, True)


def test_no_mail_text_or_screen_calls_a_daily_log_an_entry():
    texts = [*TEMPLATES.rglob("*.txt"), *(ROOT / "backend/protocol/texts").glob("*.json")]
    texts += (ROOT / "frontend/src/texts").rglob("*.json")
    said = {path.name for path in texts if re.search(r"\b(entry|entries)\b", path.read_text(encoding="utf-8"), re.I)}
    assert said == set()


@pytest.mark.parametrize("status", ["withdrawn", "died", "transferred"])
def test_lesson_3_after_a_patient_has_left_nothing_is_sent_queued_items_included(alert_of_maria, maria, status):
    services.end_care(patient=maria, status=status, now=NOON)
    escalate_overdue_alerts(now=NOON + timedelta(days=1))
    send(NOON + timedelta(days=1))
    assert mail.outbox == []
    assert set(Delivery.objects.values_list("state", flat=True)) == {"cancelled"}


def test_lesson_3_a_nurse_who_left_gets_nothing_and_the_next_one_gets_it(alert_of_maria, joan):
    joan.is_active = False
    joan.save()
    send()
    assert [message.to for message in mail.outbox] == [["priya@example.org"]]


def test_lesson_3_an_alert_nobody_can_receive_alarms_the_clinic(alert_of_maria, joan, priya, dr_okafor, ada):
    for person in (joan, priya, dr_okafor):
        person.is_active = False
        person.save()
    send()
    assert [message.to for message in mail.outbox] == [["ada@example.org"]]


def test_with_nobody_at_all_the_staff_page_says_so(alert_of_maria, joan, priya, dr_okafor):
    for person in (priya, dr_okafor, joan):
        person.is_active = False
        person.save()
    send()
    assert Delivery.objects.filter(state="nobody_to_receive").exists()


def test_what_was_answered_meanwhile_is_not_sent(alert_of_maria, joan):
    services.acknowledge(alert=alert_of_maria, nurse=joan, now=NOON)
    send()
    assert [message.to for message in mail.outbox] == [["maria@example.org"]], "only the answer to Maria"


def test_a_mail_server_that_is_away_is_tried_again_later(alert_of_maria, monkeypatch):
    def away(**_):
        raise smtplib.SMTPConnectError(421, b"busy")

    with monkeypatch.context() as broken:
        broken.setattr("backend.messaging.services.email.send", away)
        send()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, delivery.next_attempt_at) == (
        "waiting",
        1,
        NOON + timedelta(minutes=1),
    )
    send(NOON + timedelta(minutes=1))
    assert Delivery.objects.get().state == "sent"


def test_after_the_last_try_the_clinic_is_told(alert_of_maria, ada, monkeypatch):
    def away(**_):
        raise ConnectionRefusedError

    now = NOON
    with monkeypatch.context() as broken:
        broken.setattr("backend.messaging.services.email.send", away)
        for _ in range(12):
            send(now)
            now += timedelta(hours=5)
    assert Delivery.objects.get(template="alert_raised").state == "failed"
    assert Delivery.objects.filter(template="nobody_reached", recipient="administrators").exists()


def test_lesson_12_a_mail_sent_again_is_known_as_the_same_one(alert_of_maria):
    send()
    Delivery.objects.update(state="waiting", sent_at=None)
    send()
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second


def test_the_same_occasion_is_one_delivery_however_often_it_is_asked_for(maria):
    about = messaging.Request("missed_log:1", maria.pk, Delivery.Recipient.PATIENT, "log_missing")
    for _ in range(3):
        messaging.request_deliveries(requests=[about], now=NOON)
    assert Delivery.objects.count() == 1


def test_messages_that_reached_nobody_are_counted_for_staff(maria, joan, log):
    from django.utils import timezone

    log(maria, stools(8), day=timezone.now().date(), now=timezone.now())
    Delivery.objects.update(state="failed")
    assert client_of(joan).get("/api/v1/me").json()["unreached"] == 1
    assert Alert.objects.exists()


class SlowMailServer(EmailBackend):
    """While the first mail is on its way another one is asked for."""

    def send_messages(self, messages):
        if not mail.outbox:
            about = messaging.Request("2", Patient.objects.get().pk, Delivery.Recipient.PATIENT, "log_missing")
            messaging.request_deliveries(requests=[about], now=timezone.now())
        return super().send_messages(messages)


def test_what_is_asked_for_while_a_mail_is_on_its_way_goes_out_in_the_same_turn(maria, settings):
    settings.EMAIL_BACKEND = f"{__name__}.SlowMailServer"
    about = messaging.Request("1", maria.pk, Delivery.Recipient.PATIENT, "log_missing")
    messaging.request_deliveries(requests=[about], now=timezone.now())
    tasks.send_waiting_deliveries()
    assert [one.state for one in Delivery.objects.all()] == ["sent", "sent"]
