"""The demonstration's mail, on a page: what would have been sent, and that nothing about health is in it."""

from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

NEWEST = 100


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The newest mails of the demonstration, newest first."""
    mails = [_read(path) for path in _newest_files()]
    rows = format_html_join("", "<article><h2>{}</h2><p>To {}, {}</p><pre>{}</pre></article>", mails)
    nothing = "" if mails else format_html("<p>{}</p>", "No mail has been sent yet.")
    return HttpResponse(
        format_html(
            '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            "<title>Mail of the demonstration</title><h1>Mail of the demonstration</h1>{}{}</html>",
            nothing, rows,
        )
    )  # fmt: skip


def _newest_files() -> list[Path]:
    folder = Path(settings.MAIL_FOLDER)
    return sorted(folder.glob("*.log"), reverse=True)[:NEWEST] if folder.is_dir() else []


def _read(path: Path) -> tuple[str, str, str, str]:
    """Subject, receivers, date and text. Django writes a line of dashes after each mail."""
    content = path.read_bytes().split(b"\n" + b"-" * 79)[0]
    mail = message_from_bytes(content, policy=policy.default)
    part = mail.get_body(("plain",))
    return str(mail["Subject"]), str(mail["To"]), str(mail["Date"]), part.get_content() if part else ""
