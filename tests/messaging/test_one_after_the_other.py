"""Many who write to one thread at one moment stand one after the other."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from backend.messaging.conversation import NewMessage, receive
from backend.messaging.models import Message
from tests.conftest import NOON

pytestmark = pytest.mark.django_db(transaction=True)
TEXTS = [f"Message {number}" for number in range(12)]


def test_twelve_messages_of_the_same_microsecond_are_all_kept_and_each_has_its_place(maria):
    def write(text):
        new = NewMessage(uuid.uuid4(), maria.pk, Message.Origin.PATIENT, maria.person, text)
        try:
            return receive(new=new, now=NOON).received_at
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        places = list(pool.map(write, TEXTS))
    assert len(set(places)) == len(TEXTS)
    assert set(Message.objects.values_list("text", flat=True)) == set(TEXTS)
