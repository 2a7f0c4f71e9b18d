"""The two pages, as the front end's build left them."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from .errors import problem_response


@require_safe
@ensure_csrf_cookie
def patient_app(request: HttpRequest) -> HttpResponse:
    """The patient's page."""
    return _page("index.html")


@require_safe
@ensure_csrf_cookie
def clinic_page(request: HttpRequest) -> HttpResponse:
    """The nurse's page."""
    return _page("clinic.html")


def _page(name: str) -> HttpResponse:
    try:
        content = _built(name)
    except FileNotFoundError:
        return problem_response(503, "pages_not_built", "The pages are not built yet. Run: make build")
    return HttpResponse(content, content_type="text/html; charset=utf-8", headers={"Cache-Control": "no-cache"})


@cache
def _built(name: str) -> bytes:
    return (settings.PAGES_FOLDER / name).read_bytes()
