"""The two pages, as the front end's build left them; the patient's with what it would ask for first."""

import logging
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from backend.care.selectors import context_of
from backend.triage.assess import protocol_of

from .errors import problem_response
from .first_answers import LOGS, ME, as_elements, first_answers
from .first_screen import first_screen, script_of, script_of_the_follow_up
from .packing import AT_ONCE, taken_by

log = logging.getLogger(__name__)
LINKS, SCREEN, END = "<!-- links -->", "<!-- first screen -->", "</body>"
"""Places in the patient's page."""
PROTOCOL = mark_safe('<link data-rel="preload" as="fetch" crossorigin="anonymous" href="/api/v1/protocol?for=phone">')
"""Asked for by the page itself once it is painted, so that it does not wait for the scripts."""
SCRIPT = '<link data-rel="modulepreload" crossorigin href="{}">'
FOLLOW_UP = 'class="follow-up"'


@require_safe
@ensure_csrf_cookie
def patient_app(request: HttpRequest) -> HttpResponse:
    """The patient's page. With a session it holds answers about the patient, so nothing may keep a copy of it."""
    try:
        language, before = _of_session(request)
    except Exception:  # the page is there whatever keeps the answers back: it asks for them, and says what is wrong
        log.exception("The patient's page goes out without its first answers")
        language, before = "en", {}
    return _page(request, "index.html", before=before, language=language)


def _of_session(request: HttpRequest) -> tuple[str, dict[str, str]]:
    """The language of whoever is signed in, and what their page holds more than everybody's, by place."""
    answers = first_answers(request)
    if ME not in answers:
        return "en", {}
    me = orjson.loads(answers[ME].content)
    if me["patient"] is None:
        return "en", {END: as_elements(answers)}
    logs = orjson.loads(answers[LOGS].content)["results"] if LOGS in answers else []
    language = me["patient"]["language"]
    protocol = protocol_of(context_of(me["patient"]["id"]))
    drawn = first_screen(me=me, logs=logs, protocol=protocol, now=timezone.now())
    wanted = script_of(language), script_of_the_follow_up() if FOLLOW_UP in drawn else ""
    links = format_html_join("", SCRIPT, ([script] for script in wanted if script))
    return language, {LINKS: links + PROTOCOL, SCREEN: drawn, END: as_elements(answers)}


@require_safe
@ensure_csrf_cookie
def clinic_page(request: HttpRequest) -> HttpResponse:
    """The nurse's page."""
    return _page(request, "clinic.html")


def _page(
    request: HttpRequest, name: str, *, before: Mapping[str, str] = MappingProxyType({}), language: str = "en"
) -> HttpResponse:
    """A built page with markup of this session put `before` places in it; then nobody may keep it."""
    try:
        content = _built(name)
    except FileNotFoundError:
        return problem_response(503, "pages_not_built", "The pages are not built yet. Run: make build")
    for place, markup in before.items():
        content = content.replace(place.encode(), markup.encode() + place.encode(), 1)
    content = content.replace(b'<html lang="en"', f'<html lang="{language}"'.encode(), 1)
    headers = {"Cache-Control": "private, no-store" if before else "no-cache", "Vary": "Accept-Encoding, Cookie"}
    if packing := taken_by(request):
        content, headers["Content-Encoding"] = AT_ONCE[packing](content), packing
    return HttpResponse(content, content_type="text/html; charset=utf-8", headers=headers)


@cache
def _built(name: str) -> bytes:
    return (settings.PAGES_FOLDER / name).read_bytes()
