"""The proxy of docker-compose.yml before the running site, and alone while web restarts."""

import json
import urllib.error
import urllib.request
import uuid

import pytest
from django.conf import settings

from backend.api.errors import refusal_of_server
from backend.config.service import free_port
from tests.conftest import stools
from tests.faults.process import wait_until
from tests.faults.proxy import configuration, proxy
from tests.faults.site import today
from tests.faults.slow import half_a_head, half_a_photo, half_a_sign_in, slow_clients

PIECE = "api/v1/photos/018f2b5e-0000-7000-8000-000000000000?offset=0"


@pytest.fixture
def before_site(site, tmp_path):
    """The proxy before the running web processes."""
    with proxy(tmp_path, web=int(site.web.address.rsplit(":", 1)[1])) as running:
        yield running


@pytest.fixture
def alone(tmp_path):
    """The proxy while no web process answers."""
    with proxy(tmp_path, web=free_port()) as running:
        yield running


def send(running, path: str, body: bytes = b"", *, method: str = "GET", person=None, kind: str = "application/json"):
    """Return status, headers and body of an answer."""
    headers = {"Content-Type": kind, **({"Authorization": f"Bearer {person.token}"} if person else {})}
    request = urllib.request.Request(f"{running.address}/{path}", body or None, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers, refused.read().decode()


def test_two_hundred_slow_clients_of_the_proxy_keep_nobody_from_sending_a_log(before_site, maria, walter):
    beginnings = [half_a_photo(walter), half_a_sign_in(), half_a_head(), half_a_photo(walter)] * 50
    body = json.dumps({"day": str(today()), "facts": stools(1)}).encode()
    with slow_clients(before_site.port, beginnings) as clients:
        for client in clients:
            client.sendall(b" ")
        status, _, _ = send(before_site, f"api/v1/logs/{uuid.uuid4()}", body, method="PUT", person=maria)
        assert status == 200
        assert send(before_site, "healthz")[0] == 200


def test_a_body_above_the_limit_of_the_proxy_gets_the_words_of_the_api(before_site, maria):
    body = b"x" * (settings.LARGEST_REQUEST + 1)
    status, headers, text = send(before_site, PIECE, body, method="PUT", person=maria, kind="application/octet-stream")
    assert (status, headers["Content-Type"]) == (413, "application/problem+json")
    assert json.loads(text) == refusal_of_server(413)


def test_a_body_of_the_largest_size_reaches_the_api_through_the_proxy(before_site, maria):
    body = b"x" * settings.LARGEST_REQUEST
    status, _, text = send(before_site, PIECE, body, method="PUT", person=maria, kind="application/octet-stream")
    assert (status, json.loads(text)["code"]) == (404, "not_found")


def test_proxy_and_api_have_one_limit():
    assert f'"max_size":{settings.LARGEST_REQUEST}' in configuration()
    assert "5 MiB" in refusal_of_server(413)["detail"]


def test_while_web_restarts_people_read_whom_to_call(alone):
    status, headers, page = send(alone, "?search=Maria")
    assert (status, headers["Cache-Control"]) == (503, "no-store")
    assert "Call your team" in page
    assert '<a href="tel:+15550142">Riverside &amp; Sons <b>+1 555 0142</b></a>' in page
    assert '<a href="tel:5550199">Lakeside <b>555 0199</b></a>' in page
    assert page.index('href="tel:911"') < page.index('href="tel:+15550142"'), "the most urgent comes first"
    assert 'lang="es"' in page
    assert 'lang="zh-Hans"' in page


@pytest.mark.parametrize("method", ["GET", "PUT", "POST"])
def test_while_web_restarts_apps_are_asked_to_send_again(alone, method):
    status, headers, text = send(alone, "api/v1/logs/1?search=Maria", b"{}", method=method)
    assert (status, headers["Content-Type"], headers["Retry-After"]) == (503, "application/problem+json", "5")
    assert json.loads(text) == refusal_of_server(503)
    assert "Maria" not in alone.log.read_text(), "a search may hold a name"


def test_a_log_reaches_web_again_once_it_has_restarted(site, before_site, maria):
    body = json.dumps({"day": str(today()), "facts": stools(1)}).encode()
    path = f"api/v1/logs/{uuid.uuid4()}"
    site.end("web")
    assert send(before_site, path, body, method="PUT", person=maria)[0] == 503
    site.start_web()
    wait_until(lambda: send(before_site, path, body, method="PUT", person=maria)[0] == 200, "the proxy finds web")
