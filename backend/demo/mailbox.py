"""The demonstration's mail, on a page: what would have been sent, and that nothing about health is in it."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

NEWEST = 100
AFTER_EACH = b"\n" + b"-" * 79 + b"\n"
"""What Django writes after a mail. Two mails of one second may share a file."""


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The newest mails of the demonstration, newest first."""
    mails = [_shown(mail) for mail in reversed(mails_in(Path(settings.MAIL_FOLDER), newest=NEWEST))]
    rows = format_html_join("", "<article><h2>{}</h2><p>To {}, {}</p><pre>{}</pre></article>", mails)
    nothing = "" if mails else format_html("<p>{}</p>", "No mail has been sent yet.")
    return HttpResponse(
        format_html(
            '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            "<title>Mail of the demonstration</title><h1>Mail of the demonstration</h1>{}{}</html>",
            nothing, rows,
        )
    )  # fmt: skip


def mails_in(folder: Path, *, newest: int | None = None) -> list[EmailMessage]:
    """The mails Django has written into files of this folder, oldest first; those it has finished writing."""
    files = sorted(folder.glob("*.log"))[-(newest or 0) :]
    found = [
        message_from_bytes(mail, policy=policy.default)
        for file in files
        for mail in file.read_bytes().split(AFTER_EACH)[:-1]
    ]
    return found[-(newest or 0) :]


def _shown(mail: EmailMessage) -> tuple[str, str, str, str]:
    """Subject, receivers, date and text."""
    part = mail.get_body(("plain",))
    return str(mail["Subject"]), str(mail["To"]), str(mail["Date"]), part.get_content() if part else ""
