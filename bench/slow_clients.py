"""Slow clients in a process of their own: `python -m bench.slow_clients PORT NUMBER AUTHORIZATION`.

Half of them send a piece of a photo, half a sign-in, each at 2 kB/s. One that is done, or was closed, begins again.
Says "sending" when all are connected, and ends with its standard input.
"""

import contextlib
import selectors
import socket
import sys
import threading
import time
from collections import deque

BYTES_A_SECOND, EVERY = 2_000, 0.5
BODY = 256_000
_HEAD = "{} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n"
_PHOTO = "PUT /api/v1/photos/018f2b5e-0000-7000-8000-000000000000?offset=0", "application/octet-stream"
_SIGN_IN = "POST /_allauth/browser/v1/auth/login", "application/json"


class Slow:
    """One client that begins a request and sends a little of it at a time."""

    def __init__(self, port: int, head: bytes, due: float) -> None:
        self.port, self.head, self.due = port, head, due
        self.begin()

    def begin(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        self.socket.sendall(self.head)
        self.left = BODY

    def send(self) -> None:
        """Send what is due. Begin again after the last byte, or if the server has closed."""
        self.due += EVERY
        some = min(self.left, int(BYTES_A_SECOND * EVERY))
        with contextlib.suppress(OSError):
            self.socket.sendall(b" " * some)
            self.left -= some
            if self.left and not _has_answer(self.socket):
                return
        self.socket.close()
        self.begin()


def _has_answer(client: socket.socket) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(client, selectors.EVENT_READ)
        return bool(selector.select(0))


def main(port: int, number: int, authorization: str) -> None:
    """Send until standard input ends, each client at its own moment of each half second."""
    heads = [_HEAD.format(what, authorization, kind, BODY).encode() for what, kind in (_PHOTO, _SIGN_IN)]
    began = time.monotonic()
    clients = deque(Slow(port, heads[index % 2], began + EVERY * index / number) for index in range(number))
    ended = threading.Event()
    threading.Thread(target=_wait_for_end, args=(ended,), daemon=True).start()
    print("sending", flush=True)
    while not ended.wait(max(0.0, clients[0].due - time.monotonic())):
        clients[0].send()
        clients.rotate(-1)


def _wait_for_end(ended: threading.Event) -> None:
    sys.stdin.read()
    ended.set()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
