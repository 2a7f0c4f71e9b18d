"""The mail of the demonstration is read back whole, however Django has put it into files."""

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
from django.test import override_settings

from backend.demo import mailbox


@pytest.fixture
def two_of_one_second(tmp_path):
    """Two mails in one file, as it happens within a second."""
    to = ("priya@example.org", "maria@example.org")
    mails = [EmailMessage(f"For {one}", "Something waits.\n", "handhold@example.org", [one]) for one in to]
    EmailBackend(file_path=str(tmp_path)).send_messages(mails)
    assert len(list(tmp_path.iterdir())) == 1
    return tmp_path


def test_two_mails_of_one_second_are_two(two_of_one_second):
    assert [mail["To"] for mail in mailbox.mails_in(two_of_one_second)] == ["priya@example.org", "maria@example.org"]
    assert [mail["To"] for mail in mailbox.mails_in(two_of_one_second, newest=1)] == ["maria@example.org"]


def test_a_mail_that_is_still_being_written_is_not_read(two_of_one_second):
    [file] = two_of_one_second.iterdir()
    file.write_bytes(file.read_bytes().rstrip(b"\n-"))
    assert [mail["To"] for mail in mailbox.mails_in(two_of_one_second)] == ["priya@example.org"]


def test_the_page_shows_the_newest_first(two_of_one_second, rf):
    with override_settings(MAIL_FOLDER=str(two_of_one_second)):
        page = mailbox.show(rf.get("/demo/mail")).content.decode()
    assert page.index("maria@example.org") < page.index("priya@example.org")


def test_a_folder_that_is_not_there_yet_holds_no_mail(tmp_path, rf):
    with override_settings(MAIL_FOLDER=str(tmp_path / "none")):
        assert "No mail has been sent yet." in mailbox.show(rf.get("/demo/mail")).content.decode()
