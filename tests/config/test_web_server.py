"""The HTTP server alone, with an application that answers when the test lets it. Time comes by argument."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
from waitress import wasyncore

from backend.config import web_server
from backend.config.web_server import ServerSettings

SETTINGS = ServerSettings(threads=2, head_seconds=20, request_seconds=150, connections=5)
SIGN_IN = b"POST /_allauth/browser/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"
LOG = b"PUT /api/v1/logs/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
LARGE = 4 * 2**20
HALF_A_HEAD = b"GET / HTTP/1.1\r\nX-Slow: "
HALF_A_BODY = b"PUT /api/v1/photos/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc"


class Running:
    """A server whose loop runs in a thread. Sign-ins are answered once `open` is set."""

    def __init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.open, self.entered = threading.Event(), threading.Semaphore(0)
        self.clients: list[socket.socket] = []
        self.lines: list[str] = []
        servers, self.map = web_server.create(
            self.application, sockets=[self.listening], settings=SETTINGS, access_log=self.lines.append
        )
        self.server, self.ended = servers[0], False
        self.loop = threading.Thread(target=self.run)
        self.loop.start()

    def run(self) -> None:
        while not self.ended:
            wasyncore.loop(timeout=0.02, use_poll=True, map=self.map, count=1)

    def application(self, environ, start_response):
        if "login" in environ["PATH_INFO"]:
            self.entered.release()
            self.open.wait()
        if environ["PATH_INFO"] == "/large":
            start_response("200 OK", [("Content-Length", str(LARGE))])
            return [b"x" * LARGE]
        if environ["PATH_INFO"] in ("/204", "/304"):
            start_response(f"{environ['PATH_INFO'][1:]} -", [])
            return []
        start_response("200 OK", [("Content-Length", "0")])
        return [b""]

    def client(self, sends: bytes) -> socket.socket:
        client = socket.create_connection(self.listening.getsockname(), timeout=60)
        self.clients.append(client)
        client.sendall(sends)
        return client

    def channel_of(self, client: socket.socket) -> web_server.Channel:
        """The server's side of a connection, once it has read what the client sent."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            for channel in list(self.server.active_channels.values()):
                if channel.addr == client.getsockname() and channel.began:
                    return channel
        raise AssertionError("the server did not read what the client sent")

    def at(self, now: float) -> None:
        """Do what the server does each second, as if it were `now`."""
        self.ended = True
        self.loop.join()
        self.server.maintenance(now)

    def stop(self) -> None:
        self.open.set()
        self.ended = True
        self.loop.join()
        self.server.stop()
        for client in self.clients:
            client.close()


@pytest.fixture
def running() -> Iterator[Running]:
    running = Running()
    yield running
    running.stop()


def test_logs_and_the_health_check_are_answered_while_every_other_thread_is_taken(running):
    for _ in range(4):
        running.client(SIGN_IN)
    for _ in range(SETTINGS.threads):
        running.entered.acquire()
    assert running.client(LOG).recv(12) == b"HTTP/1.1 200"
    assert running.client(HEALTH).recv(12) == b"HTTP/1.1 200"


@pytest.mark.parametrize(("begins", "seconds"), [(HALF_A_HEAD, 20), (HALF_A_BODY, 150)])
def test_a_request_that_does_not_end_in_time_is_ended_however_many_bytes_come(running, begins, seconds):
    client = running.client(begins)
    channel = running.channel_of(client)
    channel.last_activity = channel.began + seconds  # a byte came just now
    running.at(channel.began + seconds)
    assert channel.connected
    running.server.maintenance(channel.began + seconds + 1)
    assert client.recv(1) == b""


def test_a_new_client_takes_the_place_of_the_one_that_has_kept_us_waiting_longest(running):
    slow = [running.client(HALF_A_HEAD) for _ in range(SETTINGS.connections)]
    for client in slow:
        running.channel_of(client)
    assert running.client(LOG).recv(12) == b"HTTP/1.1 200"
    assert slow[0].recv(1) == b""


def test_a_request_that_is_being_answered_is_not_ended_to_make_room(running):
    busy = running.client(SIGN_IN)
    running.entered.acquire()
    for _ in range(SETTINGS.connections + 1):
        running.channel_of(running.client(HALF_A_HEAD))
    running.open.set()
    assert busy.recv(12) == b"HTTP/1.1 200"


def test_clients_that_do_not_read_their_answers_hold_no_thread(running):
    for _ in range(4):
        running.client(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
    assert running.client(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").recv(12) == b"HTTP/1.1 200"


@pytest.mark.parametrize("status", ["204", "304"])
def test_an_answer_without_a_body_leaves_the_connection_open(running, status):
    client = running.client(f"GET /{status} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    answer = client.recv(4096)
    assert answer.startswith(f"HTTP/1.1 {status}".encode())
    assert b"Connection" not in answer
    client.sendall(LOG)
    assert client.recv(12) == b"HTTP/1.1 200"


def test_a_client_that_asks_to_close_is_closed_after_an_answer_without_a_body(running):
    client = running.client(b"GET /304 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    answer = b""
    while some := client.recv(4096):
        answer += some
    assert b"Connection: close" in answer
