"""Take photos in, piece by piece, over networks that break. The row says how far each has come.

The pieces grow in one file; the finished photo is another, made anew from the pixels, and only that one is ever shown.
Files are written before the row is changed and removed before it goes: a crash between the two costs some sending
again, never a file that no row knows.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from backend.audit import services as audit

from . import folder, picture
from .models import DailyLog, Photo
from .picture import PictureRefused

KEEP_UNFINISHED = timedelta(days=7)


class LogUnknown(Exception):
    """The patient has no log with this id (yet)."""


class PhotoUnknown(Exception):
    """The patient has no photo with this id."""


class OtherPhoto(Exception):
    """The same id came for another log, part, size or type."""


class TooManyPhotos(Exception):
    """The log has as many photos as it may have."""


class PieceTooLong(Exception):
    """More bytes came than the photo was said to have."""


class WrongOffset(Exception):
    """The piece does not follow what is here already. `received` bytes are."""

    def __init__(self, received: int) -> None:
        super().__init__(str(received))
        self.received = received


@dataclass(frozen=True, slots=True)
class NewPhoto:
    """A photo announced, validated. `size` in bytes, as it will be sent."""

    id: UUID
    log_id: UUID
    part: str
    size: int
    content_type: str


def begin(*, new: NewPhoto, patient_id: UUID, now: datetime) -> Photo:
    """Make room for a photo of the patient's own log; announced again, return what is there of it.

    The database decides: the id, and one photo in each of a log's places. Raise LogUnknown, OtherPhoto or
    TooManyPhotos.
    """
    if not DailyLog.objects.filter(pk=new.log_id, patient_id=patient_id).exists():
        raise LogUnknown
    for place in range(1, settings.PHOTOS_A_LOG + 1):
        photo = Photo(
            id=new.id, log_id=new.log_id, place=place, part=new.part, size=new.size, content_type=new.content_type,
            file_name=secrets.token_hex(16), begun_at=now,
        )  # fmt: skip
        Photo.objects.bulk_create([photo], ignore_conflicts=True)
        kept = Photo.objects.filter(pk=new.id).first()
        if kept is not None:
            return _same(kept, new)
    raise TooManyPhotos


def _same(kept: Photo, new: NewPhoto) -> Photo:
    if (kept.log_id, kept.part, kept.size, kept.content_type) != (new.log_id, new.part, new.size, new.content_type):
        raise OtherPhoto
    return kept


def take_piece(*, photo_id: UUID, patient_id: UUID, sent_by: UUID, offset: int, piece: bytes, now: datetime) -> Photo:
    """Put a piece behind what has been received; with the last one, look at the photo and keep it made anew.

    Raise PhotoUnknown, WrongOffset or PieceTooLong with nothing changed; PictureRefused once the photo is removed.
    """
    with transaction.atomic():
        photo = _locked(photo_id, patient_id)
        if photo.complete_at is not None:
            return photo
        received = on_disk(photo)
        if offset != received:
            raise WrongOffset(received)
        if received + len(piece) > photo.size:
            raise PieceTooLong
        folder.append(unfinished(photo), piece, at=received)
        photo.received = received + len(piece)
        all_here = photo.received == photo.size
        refused = all_here and not _finished(photo, now)
        if not refused:
            photo.save(update_fields=["received", "digest", "complete_at"])
        if all_here and not refused:
            audit.record(now=now, person=sent_by, patients=[patient_id], verb="changed", what="photo", subject=photo_id)
    if refused:
        raise PictureRefused
    return photo


def _locked(photo_id: UUID, patient_id: UUID) -> Photo:
    """Two phones, or one that tries again, write one after the other."""
    rows = Photo.objects.select_for_update(of=("self",), no_key=True)
    photo = rows.filter(pk=photo_id, log__patient_id=patient_id).first()
    if photo is None:
        raise PhotoUnknown
    return photo


def unfinished(photo: Photo) -> str:
    """The name of the file in which the pieces grow."""
    return f"{photo.file_name}.part"


def on_disk(photo: Photo) -> int:
    """How many bytes can be relied on: what was written before a crash but not noted counts as not received."""
    if photo.complete_at is not None:
        return photo.size
    return min(photo.received, folder.length(unfinished(photo)))


def _finished(photo: Photo, now: datetime) -> bool:
    """Keep the photo made anew; if what came is none, remove all of it and return False."""
    try:
        clean = picture.made_anew(folder.read(unfinished(photo)), content_type=photo.content_type)
    except PictureRefused:
        _remove(photo)
        return False
    folder.write(photo.file_name, clean)
    folder.remove(unfinished(photo))
    photo.digest, photo.complete_at = hashlib.sha256(clean).hexdigest(), now
    return True


def _remove(photo: Photo) -> None:
    folder.remove(unfinished(photo))
    folder.remove(photo.file_name)
    photo.delete()


def remove_unfinished(*, now: datetime) -> int:
    """Remove photos whose last piece never came within seven days. Return how many. Safe to run twice."""
    removed = 0
    late = Photo.objects.filter(complete_at__isnull=True, begun_at__lt=now - KEEP_UNFINISHED)
    for pk in list(late.values_list("pk", flat=True)):
        with transaction.atomic():
            photo = late.select_for_update().filter(pk=pk).first()
            if photo is not None:
                _remove(photo)
                removed += 1
    return removed
