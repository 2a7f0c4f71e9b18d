"""Every route, every role, and a nurse of another clinic. A route without a row fails: deny is the default.

A row says what each person gets: 200 it is theirs to do, 403 their role may not, 404 it is not theirs (which looks
the same as not being there), 401 nobody is signed in. Bodies that are right are sent, so that 200 means done.
"""

import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.urls import URLPattern, get_resolver
from django.utils import timezone
from rest_framework.test import APIClient

from backend.accounts.models import Token
from backend.api import urls
from backend.care import treatment
from backend.care.deciding import Decision
from backend.care.models import Consent, Shift, Treatment
from backend.diary import folder
from backend.diary.models import Photo
from backend.messaging.conversation import NewMessage, receive
from backend.messaging.models import Message
from backend.triage import consents, handover, recording, work_items
from backend.triage.models import Alert, ConfirmedGrade, Contact, Handover, Snooze, WorkItem
from backend.triage.snooze import Expected
from tests.conftest import NOON, client_of, make_person, stools
from tests.home import home_today

EVERYBODY = ["nobody", "maria", "caregiver", "joan", "dr_okafor", "ada", "oscar"]
#                               nobody maria carer joan okafor ada oscar
ROWS: dict[tuple[str, str], list[int]] = {
    ("GET", "me"):             [401, 200, 200, 200, 200, 200, 200],
    ("PATCH", "me"):           [401, 200, 403, 403, 403, 403, 403],
    ("GET", "tokens"):         [401, 200, 200, 200, 200, 200, 200],
    ("DELETE", "token"):       [401, 204, 404, 404, 404, 404, 404],
    ("GET", "protocol"):       [401, 200, 403, 200, 200, 200, 200],
    ("GET", "label"):          [401, 403, 403, 200, 200, 200, 200],
    ("GET", "guide"):          [401, 403, 403, 200, 200, 403, 200],
    ("GET", "logs"):           [401, 200, 403, 403, 403, 403, 403],
    ("PUT", "logs"):           [401, 422, 403, 403, 403, 403, 403],
    ("POST", "logs"):          [401, 422, 403, 403, 403, 403, 403],
    ("GET", "log"):            [401, 200, 403, 403, 403, 403, 403],
    ("PUT", "log"):            [401, 200, 403, 403, 403, 403, 403],
    ("POST", "called"):        [401, 200, 403, 403, 403, 403, 403],
    ("POST", "undo_called"):   [401, 204, 403, 403, 403, 403, 403],
    ("PUT", "can_wait"):       [401, 200, 403, 403, 403, 403, 403],
    ("POST", "photos"):        [401, 201, 403, 403, 403, 403, 403],
    ("PUT", "photo"):          [401, 200, 403, 403, 403, 403, 403],
    ("GET", "photo"):          [401, 200, 403, 200, 200, 403, 404],
    ("GET", "photo_upload"):   [401, 200, 403, 403, 403, 403, 403],
    ("GET", "alerts"):         [401, 403, 403, 200, 200, 200, 200],
    ("GET", "alert"):          [401, 403, 403, 200, 200, 200, 404],
    ("POST", "acknowledge"):   [401, 403, 403, 200, 200, 403, 404],
    ("POST", "assign"):        [401, 403, 403, 200, 200, 403, 404],
    ("POST", "contacts"):      [401, 403, 403, 200, 200, 403, 404],
    ("POST", "resolve"):       [401, 403, 403, 200, 200, 403, 404],
    ("POST", "reopen"):        [401, 403, 403, 200, 200, 403, 404],
    ("POST", "undo"):          [401, 403, 403, 200, 409, 403, 404],
    ("POST", "end_snooze"):    [401, 403, 403, 200, 200, 403, 404],
    ("GET", "work_items"):     [401, 403, 403, 200, 200, 200, 200],
    ("POST", "take"):          [401, 403, 403, 200, 200, 403, 404],
    ("POST", "assign_item"):   [401, 403, 403, 200, 200, 403, 404],
    ("POST", "item_contacts"): [401, 403, 403, 200, 200, 403, 404],
    ("POST", "finish"):        [401, 403, 403, 200, 200, 403, 404],
    ("POST", "patient_contacts"): [401, 403, 403, 201, 201, 403, 404],
    ("GET", "roster"):         [401, 403, 403, 200, 200, 200, 200],
    ("PUT", "shift"):          [401, 403, 403, 403, 403, 200, 403],
    ("DELETE", "shift"):       [401, 403, 403, 403, 403, 204, 403],
    ("POST", "copy_week"):     [401, 403, 403, 403, 403, 200, 403],
    ("PUT", "hours"):          [401, 403, 403, 403, 403, 200, 403],
    ("PUT", "holiday"):        [401, 403, 403, 403, 403, 200, 403],
    ("DELETE", "holiday"):     [401, 403, 403, 403, 403, 204, 403],
    ("PUT", "out_of_hours_line"): [401, 403, 403, 403, 403, 200, 403],
    ("GET", "handovers"):      [401, 403, 403, 200, 200, 403, 200],
    ("POST", "handovers"):     [401, 403, 403, 201, 201, 403, 422],
    ("POST", "accept_handover"):   [401, 403, 403, 200, 404, 403, 404],
    ("POST", "withdraw_handover"): [401, 403, 403, 404, 200, 403, 404],
    ("POST", "leave"):         [401, 403, 403, 403, 403, 200, 403],
    ("GET", "staff"):          [401, 403, 403, 200, 200, 200, 200],
    ("GET", "patients"):       [401, 403, 403, 200, 200, 200, 200],
    ("GET", "patient"):        [401, 403, 403, 200, 200, 403, 404],
    ("GET", "enrollment"):     [401, 403, 403, 200, 200, 200, 404],
    ("GET", "patient_logs"):   [401, 403, 403, 200, 200, 403, 404],
    ("GET", "messages"):       [401, 200, 403, 403, 403, 403, 403],
    ("PUT", "message"):        [401, 200, 403, 403, 403, 403, 403],
    ("POST", "messages_read"): [401, 200, 403, 403, 403, 403, 403],
    ("GET", "patient_messages"): [401, 403, 403, 200, 200, 403, 404],
    ("PUT", "patient_message"): [401, 403, 403, 200, 200, 403, 404],
    ("POST", "patient_messages_read"): [401, 403, 403, 200, 200, 403, 404],
    ("GET", "threads"):        [401, 403, 403, 200, 200, 403, 200],
    ("GET", "treatments"):     [401, 403, 403, 200, 200, 403, 404],
    ("POST", "treatments"):    [401, 403, 403, 200, 200, 403, 404],
    ("POST", "dose_decisions"): [401, 403, 403, 200, 200, 403, 404],
    ("POST", "withdraw_decision"): [401, 403, 403, 200, 200, 403, 404],
    ("POST", "consents"):      [401, 403, 403, 200, 200, 403, 404],
    ("POST", "withdraw_consent"): [401, 403, 403, 200, 200, 403, 404],
    ("POST", "grades"):        [401, 403, 403, 200, 200, 403, 404],
    ("GET", "schema"):         [200, 200, 200, 200, 200, 200, 200],
    ("GET", "docs"):           [200, 200, 200, 200, 200, 200, 200],
}  # fmt: skip
RESOLVED_BY_JOAN = uuid.UUID("018f6d2e-0000-7000-8000-000000000002")
OF_THEIR_OWN = {"patient_message"}
"""Each person makes an id of their own: the same one from somebody else is a conflict."""
BODIES = {("PUT", "log"): "new log", ("PATCH", "me"): "my language", ("POST", "treatments"): "new treatment"}
METHODS = ("GET", "PUT", "POST", "PATCH", "DELETE")


def routes() -> Iterator[URLPattern]:
    return (pattern for pattern in urls.urlpatterns if isinstance(pattern, URLPattern))


def test_every_route_and_method_of_the_api_has_a_row():
    found: set[tuple[str, str | None]] = set()
    for route in routes():
        view = getattr(route.callback, "cls", None) or getattr(route.callback, "view_class", None)
        if route.name in ("schema", "docs"):
            found.add(("GET", route.name))
            continue
        assert view is not None, f"{route.name} is no API view: give it roles, and a row here"
        found |= {(method, route.name) for method in METHODS if hasattr(view, method.lower())}
    assert found == set(ROWS)


def test_every_api_route_is_under_api_v1():
    names = {str(pattern.pattern) for pattern in get_resolver().url_patterns}
    assert names == {"", "clinic", "healthz", "readyz", "_allauth/", "api/v1/"}


@pytest.fixture
def cast(maria, joan, dr_okafor, ada, oscar):
    carer = make_person("ana@example.org", "caregiver")
    people = [None, maria.person, carer, joan, dr_okafor, ada, oscar]
    return dict(zip(EVERYBODY, people, strict=True))


def a_photo_of(log, settings, tmp_path):
    """A complete photo. Its last piece sent again is answered as the first time."""
    settings.PHOTOS_FOLDER = tmp_path
    photo = Photo.objects.create(
        id=uuid.uuid4(), log=log, place=1, part="hands", content_type="image/png", size=9, received=9, digest="x",
        file_name="0" * 32, begun_at=log.received_at, complete_at=log.received_at,
    )  # fmt: skip
    folder.write(photo.file_name, b"a picture")
    return photo


def work_item_of(maria):
    """The proactive call of her fourth week."""
    work_items.find_proactive_calls(now=NOON)
    return WorkItem.objects.get()


def message_of(maria):
    """Something she wrote to the team."""
    new = NewMessage(uuid.uuid4(), maria.pk, Message.Origin.PATIENT, maria.person, "I have a question.")
    return receive(new=new, now=timezone.now())


def snoozed(alert, joan):
    """Resolved with a snooze to grade 2 for a week. What the table does to the alert afterwards leaves it."""
    now = timezone.now()
    expected = Expected(2, now.date() + timedelta(days=7))
    outcome = recording.Outcome(code="spoke_with_patient", grade=2, expected=expected)
    recording.resolve(alert=alert, outcome=outcome, nurse=joan, now=now)
    return Snooze.objects.get()


@pytest.fixture
def addresses(maria, alert_of_maria, joan, priya, dr_okafor, log, settings, tmp_path):
    """Where each route is, with Maria's own rows in it, and a right body."""
    kept = maria.logs.get()
    today = str(home_today())
    return {
        "me": ("/api/v1/me", None),
        "tokens": ("/api/v1/me/tokens", None),
        "token": (f"/api/v1/me/tokens/{Token.objects.create(user=maria.person, name='Diary')[0].id}", None),
        "protocol": ("/api/v1/protocol", None),
        "label": ("/api/v1/labels/sorafenib", None),
        "guide": ("/api/v1/guides/sorafenib", None),
        **log_addresses(kept, a_photo_of(kept, settings, tmp_path)),
        **roster_addresses(joan, priya, dr_okafor),
        **alert_addresses(alert_of_maria, joan),
        **item_addresses(maria, joan),
        "patients": ("/api/v1/patients", None),
        "patient": (f"/api/v1/patients/{maria.pk}", None),
        "enrollment": (f"/api/v1/patients/{maria.pk}/enrollment", None),
        "patient_logs": (f"/api/v1/patients/{maria.pk}/logs", None),
        **message_addresses(maria),
        **treatment_addresses(maria, dr_okafor, joan),
        "grades": (f"/api/v1/patients/{maria.pk}/grades", {"symptom": "fatigue", "day": str(home_today()), "grade": 1}),
        "schema": ("/api/v1/schema", None),
        "docs": ("/api/v1/docs", None),
        "my language": ("/api/v1/me", {"language": "en"}),
        "new log": (f"/api/v1/logs/{uuid.uuid4()}", {"day": today, "facts": stools(1)}),
    }


def log_addresses(kept, photo):
    """Where a log and its photo are."""
    return {
        "logs": ("/api/v1/logs", {}),
        "log": (f"/api/v1/logs/{kept.pk}", None),
        "called": (f"/api/v1/logs/{kept.pk}/called", {"at": timezone.now().isoformat()}),
        "undo_called": (f"/api/v1/logs/{kept.pk}/called/undo", {"undone_at": timezone.now().isoformat()}),
        "can_wait": (
            f"/api/v1/logs/{kept.pk}/can_wait",
            {"can_wait": False, "said_at": timezone.now().isoformat()},
        ),
        "photos": (
            f"/api/v1/logs/{kept.pk}/photos",
            {"id": str(uuid.uuid4()), "part": "feet", "size": 9, "type": "image/png"},
        ),
        "photo": (f"/api/v1/photos/{photo.pk}", None),
        "photo_upload": (f"/api/v1/photos/{photo.pk}/upload", None),
    }


def alert_addresses(alert_of_maria, joan):
    """Where an alert is, and the snooze of its symptom."""
    alert = f"/api/v1/alerts/{alert_of_maria.pk}"
    return {
        "alerts": ("/api/v1/alerts", None),
        "alert": (alert, None),
        "acknowledge": (f"{alert}/acknowledge", {}),
        "assign": (f"{alert}/assign", {"to": str(joan.pk)}),
        "contacts": (f"{alert}/contacts", {"outcome": "message_left"}),
        "resolve": (f"{alert}/resolve", {"outcome": "spoke_with_patient"}),
        "reopen": (f"{alert}/reopen", {"note": "worse"}),
        "undo": (f"{alert}/undo", {"contact": str(RESOLVED_BY_JOAN)}),
        "end_snooze": (f"/api/v1/snoozes/{snoozed(alert_of_maria, joan).pk}/end", {}),
    }


def item_addresses(maria, joan):
    """Where a work item is."""
    item = f"/api/v1/work-items/{work_item_of(maria).pk}"
    return {
        "work_items": ("/api/v1/work-items", None),
        "take": (f"{item}/take", {}),
        "assign_item": (f"{item}/assign", {"to": str(joan.pk)}),
        "item_contacts": (f"{item}/contacts", {"outcome": "message_left"}),
        "finish": (f"{item}/finish", {"outcome": "spoke_with_patient"}),
        "patient_contacts": (f"/api/v1/patients/{maria.pk}/contacts", {"outcome": "message_left"}),
    }


def roster_addresses(joan, priya, dr_okafor):
    """Where the roster is, with a handover offered to Joan."""
    shift = Shift.objects.create(
        clinic=joan.clinic, place="nurse", person=joan, starts_at=NOON, ends_at=NOON + timedelta(hours=8)
    )
    offered = handover.offer(by=dr_okafor, to=joan, note="A quiet day.", notes={}, now=timezone.now())
    return {
        "roster": ("/api/v1/roster", None),
        "shift": (
            f"/api/v1/roster/shifts/{shift.pk}",
            {"place": "nurse", "person": str(joan.pk), "starts": "2026-05-14T07:00", "ends": "2026-05-14T19:00"},
        ),
        "copy_week": ("/api/v1/roster/copy", {"week": "2026-05-18"}),
        "hours": ("/api/v1/roster/hours", {"hours": [{"weekday": 0, "opens": "08:00", "closes": "17:00"}]}),
        "holiday": ("/api/v1/roster/holidays/2026-12-25", {"name": "Christmas Day"}),
        "out_of_hours_line": ("/api/v1/roster/out-of-hours-line", {"out_of_hours_line": "555 0143"}),
        "handovers": ("/api/v1/handovers", {"to": str(priya.pk), "note": "A quiet day."}),
        "accept_handover": (f"/api/v1/handovers/{offered.pk}/accept", {}),
        "withdraw_handover": (f"/api/v1/handovers/{offered.pk}/withdraw", {}),
        "leave": (f"/api/v1/staff/{priya.pk}/leave", {}),
        "staff": ("/api/v1/staff", None),
    }


def message_addresses(maria):
    """Where the messages with Maria are, with one of hers in them."""
    written = message_of(maria).pk
    return {
        "messages": ("/api/v1/messages", None),
        "message": (f"/api/v1/messages/{uuid.uuid4()}", {"text": "May I take a bath?"}),
        "messages_read": ("/api/v1/messages/read", {"up_to": str(written)}),
        "patient_messages": (f"/api/v1/patients/{maria.pk}/messages", None),
        "patient_message": (f"/api/v1/patients/{maria.pk}/messages/", {"text": "Yes, not too hot."}),
        "patient_messages_read": (f"/api/v1/patients/{maria.pk}/messages/read", {"up_to": str(written)}),
        "threads": ("/api/v1/threads", None),
    }


def treatment_addresses(maria, dr_okafor, joan):
    """Where Maria's treatment and consent are, with a decision and a consent in them."""
    now, today = timezone.now(), home_today()
    decided = {"kind": "no_change", "reason": "Well", "decided_by": dr_okafor.pk, "effective_on": today}
    decision = treatment.decide(
        treatment=maria.treatments.get(), decision=Decision(**decided), recorded_by=joan, now=now
    )
    given = consents.give(patient=maria, text_version="1", given_on=today, recorded_by=joan, now=now)
    started = {"drug": "regorafenib", "use": "usual", "level": 0, "started_on": str(today), "reason": "Well"}
    return {
        "treatments": (f"/api/v1/patients/{maria.pk}/treatments", None),
        "new treatment": (
            f"/api/v1/patients/{maria.pk}/treatments", {**started, "decided_by": str(dr_okafor.pk)}
        ),
        "dose_decisions": (
            f"/api/v1/treatments/{maria.treatments.get().pk}/decisions",
            {**decided, "decided_by": str(dr_okafor.pk), "effective_on": str(today)},
        ),
        "withdraw_decision": (f"/api/v1/dose-decisions/{decision.pk}/withdraw", {"why": "Another patient"}),
        "consents": (f"/api/v1/patients/{maria.pk}/consents", {"text_version": "1", "given_on": str(today)}),
        "withdraw_consent": (f"/api/v1/consents/{given.pk}/withdraw", {"withdrawn_on": str(today)}),
    }  # fmt: skip


def as_if_nobody_had(method, route):
    """Let each person find what the one before them did undone."""
    if (method, route) == ("POST", "treatments"):
        Treatment.objects.update(taken_back_at=timezone.now(), ended_on=F("started_on"))
    if route == "withdraw_decision":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE care_withdrawal")
    if route == "withdraw_consent":
        Consent.objects.update(withdrawn_on=None)
    if route == "consents":
        Consent.objects.all().delete()


@pytest.mark.parametrize(("method", "route"), list(ROWS))
def test_each_person_gets_what_their_role_allows(method, route, cast, addresses, alert_of_maria, joan):
    for who, expected in zip(EVERYBODY, ROWS[method, route], strict=True):
        Alert.objects.filter(pk=alert_of_maria.pk).update(
            state="open", acknowledged_by=None, resolved_by=None, escalate_at=alert_of_maria.due_at
        )
        if route == "undo":
            Contact.objects.filter(pk=RESOLVED_BY_JOAN).delete()
            outcome = recording.Outcome(code="spoke_with_patient", id=RESOLVED_BY_JOAN)
            recording.resolve(alert=alert_of_maria, outcome=outcome, nurse=joan, now=timezone.now())
        if route == "reopen":
            outcome = recording.Outcome(code="spoke_with_patient")
            recording.resolve(alert=alert_of_maria, outcome=outcome, nurse=joan, now=timezone.now())
        WorkItem.objects.update(assigned_to=None, done_at=None, done_by=None)
        if route == "end_snooze":
            Snooze.objects.update(ended_at=None)
        if route.endswith("_handover"):
            Handover.objects.update(state="offered", ended_at=None)
        if route == "handovers":
            Handover.objects.all().delete()
        as_if_nobody_had(method, route)
        if route == "grades":
            ConfirmedGrade.objects.all().delete()
        address, body = addresses[BODIES.get((method, route), route)]
        address += str(uuid.uuid4()) if route in OF_THEIR_OWN else ""
        address += "?offset=0" if (method, route) == ("PUT", "photo") else ""
        answer = getattr(client_of(cast[who]), method.lower())(
            address, body if method != "GET" else None, format="json" if body is not None else None
        )
        assert answer.status_code == expected, f"{who}: {answer.status_code} instead of {expected}: {answer.content!r}"


def test_oscar_cannot_tell_whether_maria_exists(oscar, maria):
    hers = client_of(oscar).get(f"/api/v1/patients/{maria.pk}")
    nobodys = client_of(oscar).get(f"/api/v1/patients/{uuid.uuid4()}")
    assert (hers.status_code, hers.content) == (nobodys.status_code, nobodys.content)


def test_oscar_sees_nothing_of_riverside_in_his_lists(oscar, alert_of_maria):
    assert client_of(oscar).get("/api/v1/alerts").json()["results"] == []
    assert client_of(oscar).get("/api/v1/patients").json()["results"] == []
    assert client_of(oscar).get(f"/api/v1/alerts?patient={alert_of_maria.patient_id}").json()["results"] == []
    assert [p["name"] for p in client_of(oscar).get("/api/v1/staff").json()["results"]] == ["Oscar"]


def test_walter_cannot_read_marias_log(walter, maria, log):
    kept = log(maria, stools(8))
    assert client_of(walter.person).get(f"/api/v1/logs/{kept.pk}").status_code == 404


def test_an_alert_cannot_be_given_to_a_nurse_of_another_clinic(alert_of_maria, joan, oscar):
    address = f"/api/v1/alerts/{alert_of_maria.pk}/assign"
    answer = client_of(joan).post(address, {"to": str(oscar.pk)}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (422, "not_a_colleague")


def test_a_revoked_token_is_refused_at_the_next_request(joan):
    client = client_of(joan)
    assert client.get("/api/v1/me").status_code == 200
    Token.objects.filter(user=joan).delete()
    assert client.get("/api/v1/me").status_code == 401


def test_somebody_who_left_is_refused_at_the_next_request(joan):
    client = client_of(joan)
    joan.is_active = False
    joan.save()
    assert client.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize("header", ["Bearer", "Bearer a b", "Bearer wrong", "Bearer \xff", "Basic am9hbjp4"])
def test_a_token_nobody_issued_is_refused(header, db):
    answer = APIClient().get("/api/v1/me", HTTP_AUTHORIZATION=header)
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_tokens_are_stored_hashed(joan):
    _, token = Token.objects.create(user=joan, name="tests")
    assert token not in str(list(Token.objects.values()))
