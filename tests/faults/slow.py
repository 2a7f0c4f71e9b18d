"""Clients on a bad line: each begins a request, sends a byte now and then, and never comes to its end."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from tests.faults.web import Person

BODY = 200_000


def half_a_photo(person: Person) -> bytes:
    """The head of a photo piece and its first bytes."""
    return (
        f"PUT /api/v1/photos/018f2b5e-0000-7000-8000-000000000000?offset=0 HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Authorization: Bearer {person.token}\r\nContent-Type: application/octet-stream\r\n"
        f"Content-Length: {BODY}\r\n\r\nabcdefgh"
    ).encode()


def half_a_sign_in() -> bytes:
    """A sign-in whose password is not here yet."""
    return (
        b"POST /_allauth/browser/v1/auth/login HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        b"Content-Type: application/json\r\nContent-Length: 200\r\n\r\n"
        + json.dumps({"email": "a@example.org"}).encode()
    )


def half_a_head() -> bytes:
    """A request whose headers go on and on."""
    return b"GET /api/v1/me HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "


@contextmanager
def slow_clients(port: int, beginnings: list[bytes]) -> Iterator[list[socket.socket]]:
    """Connect one client for each beginning, and let it send that."""
    clients: list[socket.socket] = []
    try:
        for beginning in beginnings:
            clients.append(socket.create_connection(("127.0.0.1", port), timeout=30))
            clients[-1].sendall(beginning)
        yield clients
    finally:
        for client in clients:
            client.close()
