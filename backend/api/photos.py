"""Photos of hands and feet: announced for a log, sent in pieces, seen by the patient and their clinic's clinicians."""

import logging
from typing import IO, Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as s
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from backend.audit import services as audit
from backend.diary import folder, photos
from backend.diary.models import Photo
from backend.diary.picture import PictureRefused
from backend.diary.selectors import photos_of_clinic, photos_of_patient

from .errors import Problem, TooLarge, not_found
from .formats import JSONRenderer
from .inputs import Id, Strict, WholeNumber, asked, checked, identifier
from .permissions import CLINICIANS, PATIENT, clinic_of, one, patient_in_care, patient_of, person_of
from .shapes.photos import PhotoProgress
from .shapes.problems import ProblemShape

logger = logging.getLogger(__name__)


class PhotoInput(Strict):
    """A photo that will be sent: its id, made by the phone, and what it will be."""

    id = Id()
    part = s.ChoiceField(Photo.Part.choices)
    size = WholeNumber(min_value=1, max_value=settings.LARGEST_PHOTO, help_text="Bytes, at most 5 MiB.")
    type = s.ChoiceField(Photo.ContentType.choices)


class Bytes(BaseParser):
    """A piece of a file, as it is. It may be larger than a JSON document, but not than a whole photo."""

    media_type = "application/octet-stream"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> dict[str, bytes]:
        """Return the bytes as `piece`. Raise TooLarge."""
        piece = stream.read(settings.LARGEST_PHOTO + 1)
        if len(piece) > settings.LARGEST_PHOTO:
            raise TooLarge("The piece is larger than a photo may be, which is 5 MiB. Send a smaller one.")
        return {"piece": piece}


class ForImages(JSONRenderer):
    """Lets in who asks for an image; a problem is still told in JSON."""

    media_type = "image/*"


class PhotosView(APIView):
    """The photos of one log."""

    roles = {"POST": PATIENT}

    @extend_schema(
        operation_id="begin_photo",
        request=PhotoInput,
        responses={201: PhotoProgress, 403: ProblemShape, 404: ProblemShape, 409: ProblemShape, 422: ProblemShape},
    )
    def post(self, request: Request, pk: str) -> Response:
        """Announce a photo for a log that is kept already. Announced again, it says how much has been received."""
        patient = patient_in_care(request).id
        log_id, sent = identifier(pk), checked(PhotoInput, request.data)
        new = photos.NewPhoto(sent["id"], log_id, sent["part"], sent["size"], sent["type"])
        try:
            photo = photos.begin(new=new, patient_id=patient, now=timezone.now())
        except Exception as refused:
            raise _problem(refused) from refused
        return Response(_progress(photo), status=201)


class PhotoView(APIView):
    """One photo."""

    roles = {"PUT": PATIENT, "GET": PATIENT | CLINICIANS}
    parser_classes = [Bytes]
    renderer_classes = [JSONRenderer, ForImages]

    @extend_schema(
        operation_id="put_photo_piece",
        parameters=[
            OpenApiParameter(
                "offset",
                {"type": "integer", "minimum": 0, "maximum": settings.LARGEST_PHOTO},
                required=True,
                description="How many bytes went before.",
            )
        ],
        request={"application/octet-stream": OpenApiTypes.BINARY},
        responses={200: PhotoProgress, 403: ProblemShape, 404: ProblemShape, 409: ProblemShape, 422: ProblemShape},
    )
    def put(self, request: Request, pk: str) -> Response:
        """Send the next piece. With the last one the photo is opened, and made anew without what the camera wrote."""
        patient = patient_in_care(request).id
        try:
            photo = photos.take_piece(
                photo_id=identifier(pk),
                patient_id=patient,
                sent_by=person_of(request).pk,
                offset=_offset(request),
                piece=dict(request.data).get("piece", b""),
                now=timezone.now(),
            )
        except Exception as refused:
            raise _problem(refused) from refused
        return Response(_progress(photo))

    @extend_schema(
        operation_id="get_photo",
        responses={(200, "image/*"): OpenApiTypes.BINARY, 404: ProblemShape},
    )
    def get(self, request: Request, pk: str) -> HttpResponse:
        """Return the image, once it is complete, to the patient and the clinicians of their clinic."""
        person = person_of(request)
        mine = person.role in PATIENT
        rows = photos_of_patient(patient_of(request)) if mine else photos_of_clinic(clinic_of(request))
        photo = one(rows.select_related("log"), identifier(pk))
        audit.record(
            now=timezone.now(),
            person=person.pk,
            patients=[photo.log.patient_id],
            verb="viewed",
            what="photo",
            subject=photo.pk,
        )
        return _image(photo)


class UploadView(APIView):
    """How far a photo has come."""

    roles = {"GET": PATIENT}

    @extend_schema(operation_id="get_photo_upload", responses={200: PhotoProgress, 404: ProblemShape})
    def get(self, request: Request, pk: str) -> Response:
        """Say how many bytes have been received: the offset to go on from."""
        rows = Photo.objects.filter(log__patient_id=patient_of(request))
        return Response(_progress(one(rows, identifier(pk))), headers={"Cache-Control": "no-store"})


def _offset(request: Request) -> int:
    text = asked(request, ("offset",)).get("offset", "")
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and int(text) <= settings.LARGEST_PHOTO):
        raise Problem(
            422, "invalid", "The offset of this piece is missing or not a number. Nothing was kept.",
            [("offset", "not a whole number", "Send PUT /api/v1/photos/{id}?offset=0 first.")],
        )  # fmt: skip
    return int(text)


def _progress(photo: Photo) -> dict[str, Any]:
    return {"id": photo.pk, "received": photos.on_disk(photo), "size": photo.size}


def _image(photo: Photo) -> HttpResponse:
    """The image for this one viewer: kept by no cache, and run by no browser as anything but an image."""
    try:
        content = folder.read(photo.file_name)
    except FileNotFoundError:
        logger.error("Photo %s has no file", photo.pk)
        raise Problem(404, "photo_lost", "This photo is no longer in its place. Tell whoever runs Handhold.") from None
    kind = photo.content_type.removeprefix("image/")
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'inline; filename="photo.{kind}"',
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=photo.content_type, headers=headers)


def _problem(refused: Exception) -> Exception:
    """Put a refusal into words. What is not a refusal stays as it is."""
    if isinstance(refused, photos.LogUnknown | photos.PhotoUnknown):
        return not_found()
    if isinstance(refused, photos.OtherPhoto):
        return Problem(409, "other_content", "A photo with this id was announced before, and was another one. Send "
                       "yours under a new id.")  # fmt: skip
    if isinstance(refused, photos.TooManyPhotos):
        return Problem(409, "too_many_photos", f"A log has at most {settings.PHOTOS_A_LOG} photos. Leave this one out.")
    if isinstance(refused, photos.WrongOffset):
        return Problem(409, "wrong_offset", f"{refused.received} bytes of this photo are here. Go on from there.",
                       received=refused.received)  # fmt: skip
    if isinstance(refused, photos.PieceTooLong):
        return Problem(422, "piece_too_long", "More came than this photo was said to have. The piece was not kept. "
                       "Send the bytes that are missing.")  # fmt: skip
    if isinstance(refused, PictureRefused):
        return Problem(422, "not_an_image", "This file did not open as the image it is said to be, and was removed. "
                       "Take another photo.")  # fmt: skip
    return refused
