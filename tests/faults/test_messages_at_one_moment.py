"""The same message sent many times at one moment is one message, and everybody is told the same."""

import uuid

from tests.faults.test_same_moment import at_once


def test_lesson_4_twenty_parallel_puts_of_one_message_are_one_message_and_one_answer(site, maria):
    address = f"api/v1/messages/{uuid.uuid4()}"
    answers = at_once(lambda _: site.web.call("PUT", address, maria, {"text": "May I take a bath?"}), range(20))
    assert {answer.status for answer in answers} == {200}
    assert all(answer.body == answers[0].body for answer in answers)
    assert site.database.value("SELECT count(*) FROM messaging_message") == 1


def test_twenty_messages_at_one_moment_stand_one_after_the_other(site, maria):
    texts = [f"Message {number}" for number in range(20)]
    answers = at_once(
        lambda text: site.web.call("PUT", f"api/v1/messages/{uuid.uuid4()}", maria, {"text": text}), texts
    )
    assert {answer.status for answer in answers} == {200}
    assert len({answer.body["received_at"] for answer in answers}) == 20
