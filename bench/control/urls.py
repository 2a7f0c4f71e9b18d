from django.http import HttpResponse
from django.urls import path

from .views import LogView

urlpatterns = [path("healthz", lambda request: HttpResponse("ok")), path("logs", LogView.as_view())]
