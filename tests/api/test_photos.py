"""Photos: announced, sent in pieces that may be lost, seen by Maria and her care team, and by nobody else."""

import uuid
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from PIL import Image

from backend.audit.models import AuditEvent
from backend.care.models import Patient
from backend.diary.models import Photo
from tests.conftest import client_of, stools
from tests.diary.pictures import SECRET, from_a_camera
from tests.diary.pictures import picture as drawn

PIECE = 256 * 1000


@pytest.fixture(autouse=True)
def private_folder(tmp_path, settings):
    settings.PHOTOS_FOLDER = tmp_path / "photos"


@pytest.fixture
def kept_log(maria, log):
    now = timezone.now()
    return log(maria, stools(1), day=now.date(), now=now)


@pytest.fixture
def phone(maria):
    return client_of(maria.person)


def announce(phone, log, content, *, photo=None, **other):
    body = {"id": photo or str(uuid.uuid4()), "part": "hands", "size": len(content), "type": "image/jpeg", **other}
    return phone.post(f"/api/v1/logs/{log.pk}/photos", body, format="json")


def put(phone, photo, content, offset=0):
    address = f"/api/v1/photos/{photo}?offset={offset}"
    return phone.put(address, content, content_type="application/octet-stream")


@pytest.fixture
def photo(phone, kept_log):
    """A complete photo of Maria's hands, as a camera took it."""
    content = from_a_camera()
    begun = announce(phone, kept_log, content).json()["id"]
    assert put(phone, begun, content).status_code == 200
    return begun


def test_a_photo_is_announced_sent_in_pieces_and_seen_by_maria_and_joan(phone, kept_log, joan, maria):
    content = from_a_camera()
    begun = announce(phone, kept_log, content)
    assert (begun.status_code, begun.json()["received"]) == (201, 0)
    photo = begun.json()["id"]
    assert put(phone, photo, content[:1000]).json() == {"id": photo, "received": 1000, "size": len(content)}
    assert phone.get(f"/api/v1/photos/{photo}").status_code == 404, "half a photo is shown to nobody"
    assert put(phone, photo, content[1000:], 1000).json()["received"] == len(content)
    for viewer in (phone, client_of(joan)):
        seen = viewer.get(f"/api/v1/photos/{photo}", HTTP_ACCEPT="image/jpeg")
        assert (seen.status_code, seen.headers["Content-Type"]) == (200, "image/jpeg")
        assert Image.open(BytesIO(seen.content)).size == (240, 320)
    listed = {"id": photo, "part": "hands"}
    assert phone.get("/api/v1/logs").json()["results"][0]["photos"] == [listed]
    assert phone.get(f"/api/v1/logs/{kept_log.pk}").json()["photos"] == [listed]
    days = client_of(joan).get(f"/api/v1/patients/{maria.pk}/logs?days=366").json()["results"]
    assert [day["photos"] for day in days if day["photos"]] == [[listed]]


def test_a_correction_is_answered_with_the_photos_of_its_day(phone, kept_log, photo):
    body = {"day": str(kept_log.day), "facts": stools(2), "corrects": str(kept_log.pk)}
    answer = phone.put(f"/api/v1/logs/{uuid.uuid4()}", body, format="json")
    assert answer.json()["photos"] == [{"id": photo, "part": "hands"}]


def test_where_the_photo_was_taken_is_told_to_nobody(phone, photo):
    assert SECRET not in phone.get(f"/api/v1/photos/{photo}").content


def test_oscar_cannot_tell_marias_photo_from_one_that_is_not_there(photo, oscar):
    hers = client_of(oscar).get(f"/api/v1/photos/{photo}")
    nobodys = client_of(oscar).get(f"/api/v1/photos/{uuid.uuid4()}")
    assert (hers.status_code, hers.content) == (404, nobodys.content)


def test_another_patient_can_neither_see_nor_add_nor_ask_how_far_it_is(phone, kept_log, walter):
    content = drawn()
    photo = announce(phone, kept_log, content).json()["id"]
    other = client_of(walter.person)
    answers = [
        put(other, photo, content),
        other.get(f"/api/v1/photos/{photo}/upload"),
        announce(other, kept_log, content),
    ]
    put(phone, photo, content)
    answers.append(other.get(f"/api/v1/photos/{photo}"))
    assert [answer.status_code for answer in answers] == [404] * 4


def test_every_look_at_a_photo_is_in_the_audit(photo, phone, joan, oscar, maria):
    for viewer in (phone, client_of(joan), client_of(oscar)):
        viewer.get(f"/api/v1/photos/{photo}")
    events = AuditEvent.objects.filter(what="photo", subject_id=photo, patient_id=maria.pk).order_by("id")
    assert list(events.values_list("verb", "person_id")) == [
        ("changed", maria.person_id), ("viewed", maria.person_id), ("viewed", joan.pk),
    ]  # fmt: skip


def test_a_photo_is_kept_by_no_cache_and_run_by_no_browser(photo, phone):
    headers = phone.get(f"/api/v1/photos/{photo}").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Disposition"] == 'inline; filename="photo.jpeg"'
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_photo_has_no_address_of_its_own_on_the_web(photo):
    name = Photo.objects.get(pk=photo).file_name
    for address in (f"/{name}", f"/photos/{name[:2]}/{name}", f"/static/{name}", f"/var/photos/{name[:2]}/{name}"):
        assert Client().get(address).status_code == 404


def test_a_phone_that_lost_count_is_told_where_to_go_on(phone, kept_log):
    content = drawn()
    photo = announce(phone, kept_log, content).json()["id"]
    put(phone, photo, content[:700])
    lost = put(phone, photo, content, 0)
    assert (lost.status_code, lost.json()["code"], lost.json()["received"]) == (409, "wrong_offset", 700)
    assert phone.get(f"/api/v1/photos/{photo}/upload").json()["received"] == 700
    assert phone.head(f"/api/v1/photos/{photo}/upload").status_code == 200
    assert announce(phone, kept_log, content, photo=photo).json()["received"] == 700
    assert put(phone, photo, content[700:], 700).json()["received"] == len(content)


def test_a_file_that_only_claims_to_be_an_image_is_refused_and_removed(phone, kept_log):
    content = b"<script>alert('I am a photo')</script>"
    photo = announce(phone, kept_log, content).json()["id"]
    refused = put(phone, photo, content)
    assert (refused.status_code, refused.json()["code"]) == (422, "not_an_image")
    assert refused.json()["detail"].endswith("Take another photo.")
    assert not Photo.objects.exists()
    assert phone.get(f"/api/v1/photos/{photo}/upload").status_code == 404


def test_a_photo_waits_for_its_log(phone, maria, kept_log):
    kept_log.pk = uuid.uuid4()
    assert announce(phone, kept_log, drawn()).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"size": 5 * 1024 * 1024 + 1}, {"size": 0}, {"size": "12"}, {"type": "image/svg+xml"}, {"type": "image/heic"},
     {"part": "face"}, {"id": "1"}, {"name": "maria.jpg"}],
)  # fmt: skip
def test_a_photo_that_cannot_be_taken_is_refused_before_a_byte_is_sent(phone, kept_log, wrong):
    refused = announce(phone, kept_log, drawn(), **wrong)
    assert refused.status_code == 422
    assert [field["field"] for field in refused.json()["fields"]] == list(wrong)


def test_a_fifth_photo_of_a_log_is_refused(phone, kept_log):
    assert [announce(phone, kept_log, drawn()).status_code for _ in range(5)] == [201] * 4 + [409]


def test_a_piece_may_be_longer_than_a_json_document_but_not_than_a_photo(phone, kept_log):
    content = drawn("PNG", size=(900, 600), compress_level=0)
    assert len(content) > 1024 * 1024
    photo = announce(phone, kept_log, content, type="image/png").json()["id"]
    assert put(phone, photo, content).status_code == 200
    endless = announce(phone, kept_log, content, type="image/png").json()["id"]
    assert put(phone, endless, b"0" * (5 * 1024 * 1024 + 1)).status_code == 413


def test_json_is_still_held_to_its_own_limit(phone, kept_log):
    assert announce(phone, kept_log, drawn(), note="0" * (1024 * 1024)).status_code == 413


@pytest.mark.parametrize("offset", ["", "-1", "1.5", "a", "٣", "9" * 40])
def test_an_offset_has_to_be_a_number(phone, kept_log, offset):
    photo = announce(phone, kept_log, drawn()).json()["id"]
    assert put(phone, photo, b"x", offset).status_code == 422


def test_more_bytes_than_announced_are_refused(phone, kept_log):
    content = drawn()
    photo = announce(phone, kept_log, content).json()["id"]
    assert put(phone, photo, content + b"x").json()["code"] == "piece_too_long"


def test_a_photo_sent_as_a_form_is_refused(phone, kept_log):
    photo = announce(phone, kept_log, drawn()).json()["id"]
    answer = phone.put(f"/api/v1/photos/{photo}?offset=0", b"x", content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 415


def test_lesson_3_after_withdrawal_no_photo_is_taken_and_maria_still_sees_her_own(phone, kept_log, photo, maria):
    begun = announce(phone, kept_log, drawn()).json()["id"]
    Patient.objects.filter(pk=maria.pk).update(status=Patient.Status.WITHDRAWN)
    assert announce(phone, kept_log, drawn()).json()["code"] == "care_ended"
    assert put(phone, begun, drawn()).json()["code"] == "care_ended"
    assert phone.get(f"/api/v1/photos/{photo}").status_code == 200


def test_a_photo_whose_file_is_lost_says_so(photo, phone, settings, tmp_path):
    settings.PHOTOS_FOLDER = tmp_path / "another disk"
    answer = phone.get(f"/api/v1/photos/{photo}")
    assert (answer.status_code, answer.json()["code"]) == (404, "photo_lost")


def test_the_photos_of_28_days_cost_one_query(phone, photo, django_assert_max_num_queries):
    with django_assert_max_num_queries(10), connection.cursor():
        phone.get("/api/v1/logs")
