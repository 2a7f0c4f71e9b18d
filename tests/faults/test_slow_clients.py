"""Slow clients hold a socket and nothing else; each request has an end, and each refusal the form of a problem."""

import json
import socket
import uuid

import pytest

from tests.conftest import stools
from tests.faults.process import wait_until
from tests.faults.site import today
from tests.faults.slow import half_a_head, half_a_photo, half_a_sign_in, slow_clients


@pytest.fixture
def port(site):
    return int(site.web.address.rsplit(":", 1)[1])


@pytest.fixture
def line(port):
    """A connection that is kept open from one request to the next."""
    with Line(port) as line:
        yield line


class Line(socket.socket):
    """One connection to the site, with whole requests and answers."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self.settimeout(60)
        self.connect(("127.0.0.1", port))
        self.answers = self.makefile("rb")

    def ask(self, head: str, *, person=None, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], dict]:
        """Send a request and return status, headers and JSON of its answer."""
        given = {"Host": "127.0.0.1", "Content_Type": "application/json", "Content_Length": str(len(body)), **headers}
        if person is not None:
            given["Authorization"] = f"Bearer {person.token}"
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in given.items() if value]
        self.sendall("\r\n".join([f"{head} HTTP/1.1", *lines, "", ""]).encode() + body)
        status = int(self.answers.readline().split()[1])
        got = {}
        while field := self.answers.readline().strip():
            name, _, value = field.decode().partition(": ")
            got[name.lower()] = value
        return status, got, json.loads(self.answers.read(int(got["content-length"])) or b"{}")


def a_log() -> tuple[str, bytes]:
    return f"PUT /api/v1/logs/{uuid.uuid4()}", json.dumps({"day": str(today()), "facts": stools(1)}).encode()


def test_lesson_27_two_hundred_slow_clients_keep_nobody_from_sending_a_log(site, port, maria, walter):
    beginnings = [half_a_photo(walter), half_a_sign_in(), half_a_head(), half_a_photo(walter)] * 50
    with slow_clients(port, beginnings) as clients:
        for facts in (stools(1), stools(2)):
            for client in clients:
                client.sendall(b" ")
            assert site.put_log(maria, facts, log=str(uuid.uuid4())).status in (200, 409)
            assert site.web.call("GET", "healthz").status == 200
            assert site.web.call("GET", "api/v1/me", maria).status == 200
        clients[2].sendall(b"\r\n\r\n")
        assert clients[2].recv(12) == b"HTTP/1.1 401", "a slow client is answered once its request is whole"


def test_a_log_that_comes_in_chunks_is_kept(line, maria):
    head, body = a_log()
    chunked = b"".join(b"%x\r\n%s\r\n" % (1, body[at : at + 1]) for at in range(len(body))) + b"0\r\n\r\n"
    status, _, answer = line.ask(head, person=maria, body=chunked, Content_Length="", Transfer_Encoding="chunked")
    assert (status, answer["id"]) == (200, head.rsplit("/", 1)[1])


def test_a_photo_piece_that_comes_in_chunks_is_counted(site, line, maria):
    log, photo = site.accept(maria, stools(1)), str(uuid.uuid4())
    announced = {"id": photo, "part": "hands", "size": 1000, "type": "image/jpeg"}
    assert site.web.call("POST", f"api/v1/logs/{log}/photos", maria, announced).status == 201
    status, _, answer = line.ask(
        f"PUT /api/v1/photos/{photo}?offset=0", person=maria, body=b"4\r\nabcd\r\n0\r\n\r\n",
        Content_Type="application/octet-stream", Content_Length="", Transfer_Encoding="chunked",
    )  # fmt: skip
    assert (status, answer["received"]) == (200, 4)


@pytest.mark.parametrize(
    ("status", "path", "kind", "size", "signed_in"),
    [
        (401, "/api/v1/logs/018f2b5e-0000-7000-8000-000000000000", "application/json", 300_000, False),
        (415, "/api/v1/logs/018f2b5e-0000-7000-8000-000000000000", "text/plain", 300_000, True),
        (413, "/api/v1/logs/018f2b5e-0000-7000-8000-000000000000", "application/json", 2**20 + 1, True),
        (413, "/api/v1/photos/018f2b5e-0000-7000-8000-000000000000?offset=0", "application/octet-stream",
         5 * 2**20 + 1, True),
    ],
)  # fmt: skip
def test_a_body_that_is_refused_leaves_the_connection_open(line, maria, status, path, kind, size, signed_in):
    person = maria if signed_in else None
    refused, headers, problem = line.ask(f"PUT {path}", person=person, body=b"x" * size, Content_Type=kind)
    assert (refused, headers["content-type"], problem["status"]) == (status, "application/problem+json", status)
    assert "connection" not in headers
    assert line.ask("GET /api/v1/me", person=maria)[0] == 200


def test_a_body_larger_than_any_is_refused_before_it_is_sent(line):
    status, headers, problem = line.ask("PUT /api/v1/photos/x", Content_Length=str(10**9))
    assert (status, headers["content-type"]) == (413, "application/problem+json")
    assert (headers["connection"], problem["code"]) == ("close", "too_large")


def test_what_is_no_request_is_told_so_in_the_form_of_a_problem(line):
    status, headers, problem = line.ask("GET / x")
    assert (status, headers["content-type"], problem["code"]) == (400, "application/problem+json", "bad_request")


def test_a_path_cannot_write_a_second_line_into_the_access_log(site, line):
    line.ask("GET /x%0A[forged]%20GET%20/y?name=Maria")
    written = (site.folder / "web.log").read_text
    wait_until(lambda: " GET /x%0A[forged]%20GET%20/y 404 " in written(), "the line is written")
    assert "\n[forged]" not in written()


@pytest.mark.parametrize("path", ["/", "/clinic", "/healthz", "/api/v1/openapi.json", "/nowhere"])
def test_head_gets_the_headers_of_get_and_no_body(line, path):
    line.sendall(f"HEAD {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    got = b""
    while not got.endswith(b"\r\n\r\n"):
        got += line.recv(1)
    assert b"content-length: " in got.lower()
    assert line.ask("GET /api/v1/me")[0] == 401, "the next answer follows the headers"
