"""Lesson 12: a sender dies, a mail server hangs: each letter goes out at least once, and is known if it comes twice."""

import pytest

from tests.conftest import stools
from tests.faults.mail_server import MailServer
from tests.faults.process import wait_until

LETTERS = 8


@pytest.fixture
def mail_server():
    """It takes letters and does not answer, until told to."""
    with MailServer() as server:
        yield server


def start_sender(site, mail_server):
    """Start a worker that sends by SMTP."""
    return site.start("sender", "worker", EMAIL_URL=mail_server.url, MAIL_FOLDER="")


def test_lesson_12_a_letter_whose_sender_died_is_sent_again_under_the_same_message_id(site, maria, mail_server):
    sender = start_sender(site, mail_server)
    site.accept(maria, stools(8))
    wait_until(lambda: mail_server.letters, "the letter is taken, the answer is kept back")
    sender.kill()
    (delivery,) = site.database.rows("SELECT state, sent_at FROM messaging_delivery")
    assert delivery == {"state": "waiting", "sent_at": None}

    mail_server.answers.set()
    start_sender(site, mail_server)
    wait_until(lambda: site.database.value("SELECT state FROM messaging_delivery") == "sent", "the delivery is sent")
    first, second = mail_server.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert (second["To"], site.database.value("SELECT attempts FROM messaging_delivery")) == ("joan@example.org", 1)


def test_a_mail_server_that_hangs_does_not_keep_logs_waiting(site, cast, maria, mail_server):
    site.valkey.kill()
    for number in range(LETTERS):
        site.accept(cast[f"patient{number}"], stools(8))
    site.valkey.start()
    start_sender(site, mail_server)
    wait_until(lambda: mail_server.letters, "the first letter waits for its answer")
    beat = site.start("hasty beat", "beat")
    due = "Sending due task send_waiting_deliveries"
    wait_until(lambda: beat.log.read_text().count(due) > 1, "every process was asked to send")
    log = site.accept(maria, stools(8))
    site.database.until_flagged(log)
    assert len(mail_server.letters) < LETTERS, "flagged before the sender has given up on all of them"
