"""A cheap HTTP client in a process of its own: keep-alive sockets in one loop, requests built before the clock starts.

Reads a plan as JSON from standard input and writes what it saw as JSON to standard output; see `bench.load`.
Without a rate it sends as fast as answers come (closed loop). With a rate it sends on a timetable, and an answer's
time counts from the moment the request was due, so that a stall is not hidden by the requests it held up (open loop).
Closed loop, a connection ends after 25 requests: phones come and go, and eight that stayed would leave one web process
with most of the work for as long as they live.
"""

import json
import selectors
import socket
import sys
import time
from collections import deque
from collections.abc import Iterator
from typing import Any

REQUESTS_OF_A_CONNECTION = 25


class Connection:
    """One keep-alive connection with at most one request under way."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.number, self.due, self.received, self.left = 0, 0.0, b"", REQUESTS_OF_A_CONNECTION

    def send(self, number: int, request: bytes, due: float) -> None:
        self.number, self.due, self.received, self.left = number, due, b"", self.left - 1
        self.socket.sendall(request)

    def answer(self) -> tuple[int, bytes] | None:
        """Status and body once the whole answer is here. Raise ConnectionError if the server hung up."""
        chunk = self.socket.recv(262_144)
        if not chunk:
            raise ConnectionError("the server closed the connection before it answered")
        self.received += chunk
        head, found, body = self.received.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return None
        return int(head[9:12]), body


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


class Run:
    """One run of a plan."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.requests = [_encoded(*request) for request in plan["requests"]]
        self.gap = 1 / plan["rate"] if plan["rate"] else 0.0
        self.port, self.seconds = plan["port"], plan["seconds"]
        self.idle = deque(_connect_in_turn(self.port, plan["connections"]))
        self.selector = selectors.DefaultSelector()
        for connection in self.idle:
            self.selector.register(connection.socket, selectors.EVENT_READ, connection)
        self.latencies: list[float] = []
        self.statuses: dict[int, int] = {}
        self.refused = ""
        self.sent = 0

    def go(self) -> dict[str, Any]:
        """Send until time or requests are up, wait for the last answer, and say what happened."""
        cpu, self.began = time.process_time(), time.perf_counter()
        under_way = 0
        while True:
            under_way += self._send_what_is_due()
            if not under_way and not self._more():
                break
            under_way -= self._take_answers()
        seconds = time.perf_counter() - self.began
        return {
            "sent": self.sent,
            "seconds": seconds,
            "cpu_ms_each": 1000 * (time.process_time() - cpu) / max(self.sent, 1),
            "latencies_ms": [round(latency * 1000, 3) for latency in self.latencies],
            "statuses": self.statuses,
            "refused": self.refused,
        }

    def _more(self) -> bool:
        return self.sent < len(self.requests) and time.perf_counter() - self.began < self.seconds

    def _due(self) -> float:
        return self.began + self.sent * self.gap if self.gap else time.perf_counter()

    def _send_what_is_due(self) -> int:
        sent = 0
        while self.idle and self._more() and self._due() <= time.perf_counter():
            self.idle.popleft().send(self.sent, self.requests[self.sent], self._due())
            self.sent, sent = self.sent + 1, sent + 1
        return sent

    def _take_answers(self) -> int:
        wait = max(0.0, self._due() - time.perf_counter()) if self.gap and self.idle and self._more() else 1.0
        taken = 0
        for key, _ in self.selector.select(wait):
            answer = key.data.answer()
            if answer is not None:
                self._note(key.data, *answer)
                taken += 1
        return taken

    def _note(self, connection: Connection, status: int, body: bytes) -> None:
        self.latencies.append(time.perf_counter() - connection.due)
        self.statuses[status] = self.statuses.get(status, 0) + 1
        if status >= 300 and not self.refused:
            self.refused = body[:500].decode(errors="replace")
        self.idle.append(connection if self.gap or connection.left else self._another(connection))

    def _another(self, old: Connection) -> Connection:
        self.selector.unregister(old.socket)
        old.socket.close()
        new = Connection(self.port)
        self.selector.register(new.socket, selectors.EVENT_READ, new)
        return new


def _connect_in_turn(port: int, number: int) -> Iterator[Connection]:
    """Connections opened a moment apart: opened at once, one web process would accept them all."""
    for _ in range(number):
        yield Connection(port)
        time.sleep(0.02)


def _encoded(method: str, path: str, token: str, body: str) -> bytes:
    head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {token}\r\n"
    if body:
        head += f"Content-Type: application/json\r\nContent-Length: {len(body.encode())}\r\n"
    return (head + "\r\n" + body).encode()


if __name__ == "__main__":
    json.dump(Run(json.load(sys.stdin)).go(), sys.stdout)
