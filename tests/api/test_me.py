"""GET and PATCH me: what the phone's own protocol needs to know, and the language it speaks."""

import pytest

from backend.audit.models import AuditEvent
from backend.protocol import texts
from tests.conftest import client_of, stools

pytestmark = pytest.mark.django_db


def choose(person, language):
    return client_of(person).patch("/api/v1/me", {"language": language}, format="json")


def test_the_phone_is_told_whose_label_texts_apply_and_which_languages_there_are(maria):
    me = client_of(maria.person).get("/api/v1/me").json()
    assert (me["patient"]["region"], me["patient"]["parameters"]) == ("US", {})
    assert me["languages"] == texts.languages()


@pytest.mark.parametrize("language", texts.languages())
def test_the_chosen_language_leads_for_protocol_and_advice(maria, log, language):
    assert choose(maria.person, language).json()["patient"]["language"] == language
    assert client_of(maria.person).get("/api/v1/protocol").json()["language"] == language
    kept = log(type(maria).objects.get(pk=maria.pk), stools(8))
    assert kept.answer["advice"]["title"] == texts.of(language)["urgencies"]["contact_today"]["title"]


def test_a_language_without_texts_is_refused_and_named(maria):
    answer = choose(maria.person, "tlh")
    assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "language")


def test_choosing_a_language_is_audited(maria):
    choose(maria.person, "en")
    assert AuditEvent.objects.filter(patient_id=maria.pk, verb="changed", what="language").count() == 1
