"""Every address of the site. All of the API is in backend/api/urls.py."""

from django.conf import settings
from django.urls import include, path

from backend.api import health, pages

urlpatterns = [
    path("", pages.patient_app),
    path("clinic", pages.clinic_page),
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("_allauth/", include("backend.api.sign_in")),
    path("api/v1/", include("backend.api.urls")),
]
if settings.DEMO:
    from backend.demo import mailbox

    urlpatterns.append(path("demo/mail", mailbox.show))

handler400 = "backend.api.errors.bad_request"
handler404 = "backend.api.errors.page_not_found"
handler500 = "backend.api.errors.server_error"
