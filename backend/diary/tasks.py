from celery import shared_task
from django.utils import timezone

from backend.ticks import services as ticks

from . import photos


@shared_task(name="diary.remove_unfinished_photos")
def remove_unfinished_photos() -> None:
    photos.remove_unfinished(now=timezone.now())
    ticks.beat(name="remove_unfinished_photos", now=timezone.now())
