"""Every route of the API. A new route needs a row in tests/api/test_who_may_do_what.py."""

from csp.decorators import csp_update
from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from . import alert_acts, alerts, guides, labels, logs, me, patients, photos, protocol, snoozes, work_items

# Swagger UI sets styles from its script; no other page may.
docs = csp_update({"style-src": ["'self'", "'unsafe-inline'"]})(SpectacularSwaggerSplitView.as_view(url_name="schema"))

urlpatterns = [
    path("me", me.MeView.as_view(), name="me"),
    path("guides/<str:drug>", guides.GuideView.as_view(), name="guide"),
    path("labels/<str:drug>", labels.LabelView.as_view(), name="label"),
    path("protocol", protocol.ProtocolView.as_view(), name="protocol"),
    re_path(r"^logs/?$", logs.LogsView.as_view(), name="logs"),
    path("logs/<str:pk>", logs.LogView.as_view(), name="log"),
    path("logs/<str:pk>/photos", photos.PhotosView.as_view(), name="photos"),
    path("photos/<str:pk>", photos.PhotoView.as_view(), name="photo"),
    path("photos/<str:pk>/upload", photos.UploadView.as_view(), name="photo_upload"),
    path("logs/<str:pk>/called", logs.CalledView.as_view(), name="called"),
    path("alerts", alerts.AlertsView.as_view(), name="alerts"),
    path("alerts/<str:pk>", alerts.AlertView.as_view(), name="alert"),
    path("alerts/<str:pk>/acknowledge", alert_acts.Acknowledge.as_view(), name="acknowledge"),
    path("alerts/<str:pk>/assign", alert_acts.Assign.as_view(), name="assign"),
    path("alerts/<str:pk>/contacts", alert_acts.RecordContact.as_view(), name="contacts"),
    path("alerts/<str:pk>/resolve", alert_acts.Resolve.as_view(), name="resolve"),
    path("alerts/<str:pk>/reopen", alert_acts.Reopen.as_view(), name="reopen"),
    path("snoozes/<str:pk>/end", snoozes.EndSnooze.as_view(), name="end_snooze"),
    path("work-items", work_items.WorkItemsView.as_view(), name="work_items"),
    path("work-items/<str:pk>/take", work_items.Take.as_view(), name="take"),
    path("work-items/<str:pk>/assign", work_items.AssignItem.as_view(), name="assign_item"),
    path("work-items/<str:pk>/contacts", work_items.RecordForItem.as_view(), name="item_contacts"),
    path("work-items/<str:pk>/finish", work_items.Finish.as_view(), name="finish"),
    path("staff", alerts.StaffView.as_view(), name="staff"),
    path("patients", patients.PatientsView.as_view(), name="patients"),
    path("patients/<str:pk>", patients.PatientView.as_view(), name="patient"),
    path("patients/<str:pk>/contacts", work_items.RecordWithPatient.as_view(), name="patient_contacts"),
    path("patients/<str:pk>/logs", patients.PatientLogsView.as_view(), name="patient_logs"),
    path("schema", SpectacularAPIView.as_view(), name="schema"),
    path("docs", docs, name="docs"),
]
