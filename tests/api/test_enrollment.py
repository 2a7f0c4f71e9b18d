"""What an administrator may see of a patient: who, where, since when and with what consent. Nothing about health."""

from backend.audit.models import AuditEvent
from backend.triage.recording import Outcome, resolve
from tests.conftest import NOON, TODAY, client_of, stools

SHOWN = {
    "id", "name", "birth_on", "age", "phone", "language", "time_zone", "status", "status_since", "care_team", "nurse",
    "treatment", "consent", "last_log_on", "last_contact_at",
}  # fmt: skip


def enrollment(person, patient):
    return client_of(person).get(f"/api/v1/patients/{patient.pk}/enrollment")


def test_an_administrator_sees_who_where_since_when_and_the_consent(ada, maria, alert_of_maria, joan):
    resolve(alert=alert_of_maria, outcome=Outcome(code="spoke_with_patient"), nurse=joan, now=NOON)
    answer = enrollment(ada, maria)
    assert answer.status_code == 200
    shown = answer.json()
    assert set(shown) == SHOWN
    assert (shown["name"], shown["birth_on"], shown["phone"]) == ("Maria", "1963-01-15", "555 0163")
    assert (shown["care_team"], shown["nurse"], shown["status"]) == ("Team A", "Joan", "active")
    assert shown["treatment"] == {"started_on": "2026-04-22", "ended_on": None}
    assert shown["last_log_on"] == str(TODAY)
    assert shown["last_contact_at"].startswith("2026-05-14T16:00")
    assert shown["consent"] is None


def test_nothing_of_it_says_anything_about_health(ada, maria, log):
    log(maria, stools(8))
    text = enrollment(ada, maria).content.decode().lower()
    for word in (
        "sorafenib",
        "400",
        "diarrhea",
        "stool",
        "grade",
        "emergency",
        "contact_today",
        "126",
        "alert",
        "blood",
    ):
        assert word not in text


def test_each_look_is_in_the_audit(ada, maria):
    enrollment(ada, maria)
    assert (
        AuditEvent.objects.filter(person_id=ada.pk, patient_id=maria.pk, verb="viewed", what="enrollment").count() == 1
    )


def test_an_administrator_of_another_clinic_cannot_tell_whether_maria_exists(oscar, maria, hillside):
    from tests.conftest import make_person

    other = make_person("otto@example.org", "administrator", hillside)
    assert enrollment(other, maria).status_code == enrollment(oscar, maria).status_code == 404
