"""The demonstration clinic: made once, whole, and with a worklist a nurse could work through."""

import pytest
from django.utils import timezone

from backend.care.models import DoseDecision, Patient
from backend.care.selectors import course_of, running_treatment
from backend.demo.people import WHO_IS_WHO
from backend.demo.services import load_demo
from backend.diary.models import DailyLog, Photo
from backend.messaging.models import Message
from backend.triage.models import Alert, AlertEvent, Contact, Snooze

pytestmark = pytest.mark.django_db
MOST_NEW_ALERTS_PER_LOG = 0.15


def newest_log_of(name: str) -> DailyLog:
    newest = Patient.objects.get(person__email=f"{name}@example.org").logs.order_by("-day").first()
    assert newest is not None
    return newest


def test_it_is_made_once_whole_with_few_alerts_and_maria_has_today_to_log():
    assert load_demo(now=timezone.now())
    assert not load_demo(now=timezone.now()), "a second start keeps what people did"

    assert Contact.objects.exclude(guide={}).exists(), "Joan has asked by the call guide"
    [snooze] = Snooze.objects.filter(ended_at=None)
    assert (snooze.symptom, snooze.expected_grade) == ("hand_foot", 2)
    raised = AlertEvent.objects.filter(kind="raised").count()
    assert raised <= MOST_NEW_ALERTS_PER_LOG * DailyLog.objects.count()
    waiting = list(Alert.objects.live().order_by("-urgency_rank").values_list("urgency", flat=True))
    assert waiting[0] == "emergency"
    assert set(waiting) == {"emergency", "contact_today", "contact_24h"}
    assert newest_log_of("maria").day < timezone.now().date()
    assert not DailyLog.objects.filter(flagged_at=None).exists()
    who_each_is_there_for()


def who_each_is_there_for() -> None:
    """The people whose sign-ins are printed show what they are said to show. Made once: it takes seconds."""
    assert {demo.email for demo, _ in WHO_IS_WHO} <= set(Patient.objects.values_list("person__email", flat=True))
    told_to_call = newest_log_of("nadia").patient.alerts.get()
    assert (told_to_call.state, told_to_call.contacts.get().outcome) == ("acknowledged", "message_left")
    assert set(Patient.objects.values_list("language", flat=True)) == {"en", "es", "zh-Hans"}
    photos = Photo.objects.filter(log__patient__person__email="ines@example.org")
    assert [photo.complete_at is not None for photo in photos] == [True, True], "hands side by side"
    unread = Message.objects.filter(read_at=None).values_list("patient__person__email", "origin")
    assert set(unread) == {("maria@example.org", "team"), ("nadia@example.org", "patient")}
    what_was_decided_about_doses()
    freya = newest_log_of("freya")
    assert freya.patient.clinic.region == "EU"
    assert "can be taken when you remember" in str(freya.answer["advice"])


def what_was_decided_about_doses() -> None:
    """One patient with a lower dose after a hold, one on hold now, one who switched, and consents but for one."""

    def spans_of(name: str) -> list[tuple[str, bool]]:
        treatment = running_treatment(Patient.objects.get(person__email=f"{name}@example.org"))
        assert treatment is not None
        return [(span.dose.words, span.held) for span in course_of(treatment)]

    twice = "400 mg twice a day"
    assert spans_of("grace") == [(twice, False), (twice, True), ("400 mg once a day", False)]
    assert spans_of("luis")[-1] == (twice, True)
    switch = DoseDecision.objects.get(kind="switch")
    assert (switch.treatment.drug, switch.led_to and switch.led_to.drug) == ("sorafenib", "regorafenib")
    assert [one.person.email for one in Patient.objects.filter(consents=None)] == ["chen@example.org"]
