"""Photos are made anew, grow piece by piece, and are never kept in part nor shown half received."""

import os
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from PIL import Image, ImageStat
from PIL.PngImagePlugin import PngImageFile

from backend.diary import folder, photos, picture
from backend.diary.models import Photo
from backend.diary.selectors import photos_by_day, photos_of_clinic, photos_of_patient
from tests.conftest import NOON, TODAY, stools
from tests.diary.pictures import SECRET, bomb, from_a_camera
from tests.diary.pictures import picture as drawn

TYPES = {"image/jpeg": "JPEG", "image/webp": "WEBP", "image/png": "PNG"}


@pytest.fixture(autouse=True)
def private_folder(tmp_path, settings):
    settings.PHOTOS_FOLDER = tmp_path / "photos"
    return settings.PHOTOS_FOLDER


@pytest.fixture
def kept_log(maria, log):
    return log(maria, stools(1))


@pytest.fixture
def begin(maria, kept_log):
    def announce(content, *, content_type="image/jpeg", part="hands", now=NOON):
        new = photos.NewPhoto(uuid.uuid4(), kept_log.pk, part, len(content), content_type)
        return photos.begin(new=new, patient_id=maria.pk, now=now)

    return announce


@pytest.fixture
def take(maria):
    def piece(photo, offset, content):
        return photos.take_piece(
            photo_id=photo.pk,
            patient_id=maria.pk,
            sent_by=maria.person_id,
            offset=offset,
            piece=content,
            now=NOON,
        )

    return piece


def files(place: Path) -> list[Path]:
    return [found for found in place.rglob("*") if found.is_file()]


@pytest.mark.parametrize("content_type", list(TYPES))
def test_place_time_and_comments_of_the_camera_are_not_kept_and_the_picture_stands_upright(content_type):
    clean = picture.made_anew(from_a_camera(TYPES[content_type]), content_type=content_type)
    assert SECRET not in clean
    opened = Image.open(BytesIO(clean))
    assert (opened.format, opened.size, dict(opened.getexif())) == (TYPES[content_type], (240, 320), {})
    assert not {"exif", "xmp", "icc_profile", "comment", "Comment", "gps"} & set(opened.info)
    top, bottom = opened.crop((0, 0, 240, 100)), opened.crop((0, 220, 240, 320))
    assert ImageStat.Stat(top).mean[0] > ImageStat.Stat(bottom).mean[0] + 50


def test_a_picture_longer_than_1600_pixels_is_made_smaller_and_no_other_larger():
    assert Image.open(BytesIO(picture.made_anew(drawn(size=(4000, 3000)), content_type="image/jpeg"))).size == (
        1600,
        1200,
    )
    assert Image.open(BytesIO(picture.made_anew(drawn(size=(20, 10)), content_type="image/jpeg"))).size == (20, 10)


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"<script>alert(1)</script>", "image/jpeg"),
        (b"", "image/png"),
        (b"\xff\xd8\xff\xe0" + b"0" * 5000, "image/jpeg"),
        (drawn("PNG"), "image/jpeg"),
        (drawn("GIF"), "image/png"),
        (drawn()[: len(drawn()) // 2], "image/jpeg"),
        (bomb(), "image/png"),
    ],
    ids=["a page", "nothing", "only the first bytes", "another type", "a type we do not take", "a half", "a bomb"],
)
def test_what_only_claims_to_be_an_image_is_refused(content, content_type):
    with pytest.raises(picture.PictureRefused):
        picture.made_anew(content, content_type=content_type)


def test_a_bomb_is_refused_before_its_pixels_are_opened(monkeypatch):
    monkeypatch.setattr(PngImageFile, "load", lambda *_: pytest.fail("the pixels were opened"))
    with pytest.raises(picture.PictureRefused):
        picture.made_anew(bomb(5_000), content_type="image/png")


def test_a_photo_grows_piece_by_piece_and_is_shown_only_when_it_is_whole(begin, take, maria, private_folder):
    content = from_a_camera()
    photo = begin(content)
    assert take(photo, 0, content[:1000]).received == 1000
    assert not photos_of_patient(maria.pk).exists()
    whole = take(photo, 1000, content[1000:])
    assert (whole.received, whole.complete_at) == (len(content), NOON)
    assert photos_of_patient(maria.pk).get() == photo
    assert SECRET not in folder.read(whole.file_name)
    assert [found.name for found in files(private_folder)] == [whole.file_name]


def test_a_piece_that_does_not_follow_is_told_where_to_go_on(begin, take):
    content = drawn()
    photo = begin(content)
    take(photo, 0, content[:700])
    for offset in (0, 699, 701):
        with pytest.raises(photos.WrongOffset) as told:
            take(photo, offset, content[offset:])
        assert told.value.received == 700
    assert take(photo, 700, content[700:]).complete_at


def test_the_last_piece_sent_again_changes_nothing(begin, take):
    content = drawn()
    photo = begin(content)
    first = take(photo, 0, content)
    again = take(photo, 0, content)
    assert (again.digest, again.complete_at) == (first.digest, first.complete_at)


def test_more_bytes_than_announced_are_refused_and_the_photo_can_still_go_on(begin, take):
    content = drawn()
    photo = begin(content)
    with pytest.raises(photos.PieceTooLong):
        take(photo, 0, content + b"x")
    assert take(photo, 0, content).complete_at


def test_a_file_that_is_no_image_leaves_nothing_behind(begin, take, private_folder):
    content = b"<html>" * 500
    photo = begin(content)
    with pytest.raises(picture.PictureRefused):
        take(photo, 0, content)
    assert not Photo.objects.exists()
    assert files(private_folder) == []


def test_bytes_written_before_a_crash_but_never_noted_are_written_over(begin, take):
    content = drawn()
    photo = begin(content)
    take(photo, 0, content[:1500])
    folder.append(photos.unfinished(photo), b"what the dead process wrote" * 20, at=1500)
    kept = take(photo, 1500, content[1500:])
    assert folder.read(kept.file_name) == picture.made_anew(content, content_type="image/jpeg")


def test_a_photo_whose_file_is_gone_starts_from_its_first_byte(begin, take):
    content = drawn()
    photo = begin(content)
    take(photo, 0, content[:500])
    folder.remove(photos.unfinished(photo))
    with pytest.raises(photos.WrongOffset) as told:
        take(photo, 500, content[500:])
    assert told.value.received == 0
    assert take(photo, 0, content).complete_at


def test_a_photo_announced_twice_is_one_photo(begin, maria, kept_log):
    photo = begin(drawn())
    again = photos.NewPhoto(photo.pk, kept_log.pk, "hands", photo.size, "image/jpeg")
    assert photos.begin(new=again, patient_id=maria.pk, now=NOON).pk == photo.pk
    with pytest.raises(photos.OtherPhoto):
        photos.begin(
            new=photos.NewPhoto(photo.pk, kept_log.pk, "feet", photo.size, "image/jpeg"),
            patient_id=maria.pk,
            now=NOON,
        )


def test_a_log_has_at_most_four_photos(begin):
    for _ in range(4):
        begin(drawn())
    with pytest.raises(photos.TooManyPhotos):
        begin(drawn())


@pytest.mark.django_db(transaction=True)
def test_ten_photos_announced_at_the_same_moment_leave_four(maria, kept_log):
    def announce(_: int) -> bool:
        new = photos.NewPhoto(uuid.uuid4(), kept_log.pk, "hands", 100, "image/jpeg")
        try:
            photos.begin(new=new, patient_id=maria.pk, now=NOON)
        except photos.TooManyPhotos:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(10) as phones:
        assert sum(phones.map(announce, range(10))) == 4
    assert Photo.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_the_same_piece_sent_at_the_same_moment_is_written_once(begin, take):
    content = drawn()
    photo = begin(content)

    def send(_: int) -> str:
        try:
            take(photo, 0, content[:900])
        except photos.WrongOffset as told:
            return f"go on from {told.received}"
        finally:
            connection.close()
        return "taken"

    with ThreadPoolExecutor(5) as phones:
        told = sorted(phones.map(send, range(5)))
    assert told == ["go on from 900"] * 4 + ["taken"]
    assert take(photo, 900, content[900:]).complete_at


def test_nobody_else_adds_to_marias_photo(begin, walter):
    photo = begin(drawn())
    with pytest.raises(photos.PhotoUnknown):
        photos.take_piece(
            photo_id=photo.pk,
            patient_id=walter.pk,
            sent_by=walter.person_id,
            offset=0,
            piece=b"x",
            now=NOON,
        )
    with pytest.raises(photos.LogUnknown):
        photos.begin(
            new=photos.NewPhoto(uuid.uuid4(), photo.log_id, "hands", 10, "image/jpeg"),
            patient_id=walter.pk,
            now=NOON,
        )


def test_photos_are_files_only_their_owner_can_read(begin, take, private_folder):
    content = drawn()
    take(begin(content), 0, content)
    (kept,) = files(private_folder)
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700


def test_a_link_put_in_the_place_of_a_file_is_not_followed(begin, take, tmp_path):
    content = drawn()
    photo = begin(content)
    take(photo, 0, content[:10])
    outside = tmp_path / "outside"
    outside.write_bytes(content[:10])
    place = folder._path(photos.unfinished(photo))
    place.unlink()
    os.symlink(outside, place)
    with pytest.raises(OSError, match="symbolic"):
        take(photo, 10, content[10:])
    assert outside.read_bytes() == content[:10]


def test_a_photo_not_finished_within_seven_days_is_removed_and_a_complete_one_stays(begin, take, private_folder):
    content = drawn()
    old = NOON - timedelta(days=7, seconds=1)
    given_up, whole, fresh = begin(content, now=old), begin(content, now=old), begin(content)
    take(given_up, 0, content[:500])
    take(whole, 0, content)
    take(fresh, 0, content[:500])
    assert photos.remove_unfinished(now=NOON) == 1
    assert set(Photo.objects.values_list("pk", flat=True)) == {whole.pk, fresh.pk}
    assert len(files(private_folder)) == 2
    assert photos.remove_unfinished(now=NOON) == 0


def test_a_day_keeps_its_photos_when_its_log_is_corrected(begin, take, maria, kept_log, log):
    content = drawn()
    photo = begin(content)
    take(photo, 0, content)
    log(maria, stools(2), corrects=kept_log.pk)
    assert photos_by_day(patient_id=maria.pk, first=TODAY, last=TODAY) == {TODAY: [photo]}
    assert photos_by_day(patient_id=maria.pk, first=TODAY + timedelta(days=1), last=TODAY + timedelta(days=2)) == {}


def test_oscars_clinic_has_no_photo_of_marias(begin, take, maria, hillside):
    content = drawn()
    take(begin(content), 0, content)
    assert photos_of_clinic(maria.clinic_id).exists()
    assert not photos_of_clinic(hillside.pk).exists()


@pytest.mark.parametrize(
    "change",
    [
        {"received": 10**6},
        {"digest": "of nothing"},
        {"complete_at": NOON},
        {"complete_at": NOON, "digest": "x", "received": 1},
    ],
)
def test_the_database_refuses_a_photo_that_cannot_be(begin, change):
    photo = begin(drawn())
    with pytest.raises(IntegrityError), transaction.atomic():
        Photo.objects.filter(pk=photo.pk).update(**change)
