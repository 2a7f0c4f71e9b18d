"""The demonstration clinic: made once, whole, and with a worklist a nurse could work through."""

import pytest
from django.utils import timezone

from backend.care.models import Patient
from backend.demo.services import load_demo
from backend.diary.models import DailyLog
from backend.triage.models import Alert, AlertEvent

pytestmark = pytest.mark.django_db
MOST_NEW_ALERTS_PER_LOG = 0.15


def test_it_is_made_once_whole_with_few_alerts_and_maria_has_today_to_log():
    assert load_demo(now=timezone.now())
    assert not load_demo(now=timezone.now()), "a second start keeps what people did"

    raised = AlertEvent.objects.filter(kind="raised").count()
    assert raised <= MOST_NEW_ALERTS_PER_LOG * DailyLog.objects.count()
    waiting = list(Alert.objects.exclude(state="resolved").order_by("-urgency_rank").values_list("urgency", flat=True))
    assert waiting[0] == "emergency"
    assert set(waiting) == {"emergency", "contact_today", "contact_24h"}

    newest = Patient.objects.get(person__email="maria@example.org").logs.order_by("-day").first()
    assert newest is not None
    assert newest.day < timezone.now().date()
    assert not DailyLog.objects.filter(flagged_at=None).exists()
