"""The HTTP server of each web process: it reads a request to its end before a thread takes it.

waitress collects requests in one loop, so a slow client holds a socket and no thread. This module adds:
separate threads for logs and for the health check, a time limit for each request, room for new clients when
many slow ones are connected, the API's own form for refusals, and the access log.

Example: `create(application, sockets=[listening], settings=ServerSettings(threads=4), access_log=print)`.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from socket import socket
from typing import Any

import orjson
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, Task, ThreadedTaskDispatcher, WSGITask

from backend.api.errors import CONTENT_TYPE, refusal_of_server

LOGS = "/api/v1/logs/"
HEALTH = ("/healthz", "/readyz")
LOG_THREADS = 4
HEALTH_THREADS = 2


@dataclass(frozen=True)
class ServerSettings:
    """Limits of one web process. Times in seconds, sizes in bytes.

    `head_seconds` bounds the time from the first byte to the last header, `request_seconds` to the end of the body:
    the phone gives up a photo piece after 120 s. `connections` is how many clients may be connected at once.
    """

    threads: int = 4
    largest_body: int = 10 * 1024 * 1024
    head_seconds: float = 20
    request_seconds: float = 150
    idle_seconds: int = 75
    connections: int = 500


class _Logged:
    """A task that writes its line of the access log: method, path without its query, status, milliseconds."""

    def service(self: Any) -> None:
        try:
            super().service()  # type: ignore[misc]
        finally:
            method = getattr(self.request, "command", "-")
            path = ascii(getattr(self.request, "request_uri", "-").partition("?")[0])[1:-1]
            took = 1000 * (time.time() - self.start_time)
            self.channel.server.access_log(f"{method} {path} {self.status[:3]} {took:.0f}ms")


class _Answer(_Logged, WSGITask):
    """The application's answer."""

    def write(self, data: bytes) -> None:
        """Send some of the answer; to HEAD its headers alone, which waitress leaves to the application."""
        if self.request.command != "HEAD":
            super().write(data)
            return
        super().write(b"")
        self.chunked_response = False
        self.content_bytes_written += len(data)

    def set_close_on_finish(self) -> None:
        """Close after the answer. Not after 204 and 304, which end by themselves, unless the client asked to."""
        asked_to = self.request.headers.get("CONNECTION", "").lower() == "close"
        if asked_to or self.has_body or self.version != "1.1":
            super().set_close_on_finish()


class _Refusal(_Logged, ErrorTask):
    """The answer to a request that never reaches the application, in the form of every other problem."""

    def execute(self) -> None:
        document = refusal_of_server(self.request.error.code)
        body = orjson.dumps(document)
        self.status = f"{document['status']} {document['title']}"
        self.response_headers.append(("Content-Type", CONTENT_TYPE))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Channel(HTTPChannel):
    """One connection. `began` is when the first byte of the request that is arriving came, None between requests."""

    task_class: type[Task] = _Answer
    error_task_class: type[Task] = _Refusal
    server: "Server"
    began: float | None = None

    def received(self, data: bytes) -> bool:
        """Take bytes, and note when a request begins."""
        if self.request is None:
            self.began = time.time()
        taken = bool(super().received(data))
        if self.request is None:
            self.began = None
        return taken

    def is_late(self, now: float) -> bool:
        """Whether the request that is arriving has taken longer than it may."""
        request, settings = self.request, self.server.settings
        if request is None or self.began is None:
            return False
        return now - self.began > (settings.request_seconds if request.headers_finished else settings.head_seconds)

    @property
    def waits_for_client(self) -> bool:
        """Nothing of this connection is being answered: closing it interrupts no work of ours."""
        return not self.requests and not self.total_outbufs_len


class Server(TcpWSGIServer):
    """Accepts connections of one listening socket and hands each whole request to the threads of its kind."""

    channel_class = Channel
    active_channels: dict[int, Channel]

    def __init__(
        self,
        application: Callable[..., Any],
        listening: socket,
        *,
        settings: ServerSettings,
        access_log: Callable[[str], object],
        map: dict[int, Any],
    ) -> None:
        self.settings, self.access_log = settings, access_log
        self.log_lane, self.health_lane = _lane(LOG_THREADS), _lane(HEALTH_THREADS)
        address = (listening.family, listening.type, listening.proto, listening.getsockname())
        super().__init__(
            application,
            map,
            _sock=listening,
            dispatcher=_lane(settings.threads),
            adj=_adjustments(settings),
            sockinfo=address,
            bind_socket=False,
        )

    def add_task(self, task: Channel) -> None:
        """Give a whole request to the threads of its kind."""
        request = task.requests[0]
        if request.error:
            super().add_task(task)
        elif request.path.startswith(LOGS) and request.command == "PUT":
            self.log_lane.add_task(task)
        elif request.path in HEALTH:
            self.health_lane.add_task(task)
        else:
            super().add_task(task)

    def handle_accept(self) -> None:
        """Accept a connection. When there are too many, end the one that has kept us waiting longest."""
        if len(self.active_channels) >= self.settings.connections:
            waiting = [channel for channel in self.active_channels.values() if channel.waits_for_client]
            if waiting:
                min(waiting, key=lambda channel: channel.began or channel.last_activity).handle_close()
        super().handle_accept()

    def maintenance(self, now: float) -> None:
        """End idle connections, and requests that take longer than they may."""
        super().maintenance(now)
        for channel in list(self.active_channels.values()):
            if channel.is_late(now):
                channel.handle_close()

    @property
    def is_answering(self) -> bool:
        """Whether a request is being answered or an answer is on its way."""
        return any(not channel.waits_for_client for channel in self.active_channels.values())

    def stop(self) -> None:
        """End the threads and every connection."""
        for lane in (self.task_dispatcher, self.log_lane, self.health_lane):
            lane.shutdown(timeout=1)
        for channel in list(self.active_channels.values()):
            channel.handle_close()
        self.close()


def create(
    application: Callable[..., Any],
    *,
    sockets: Sequence[socket],
    settings: ServerSettings,
    access_log: Callable[[str], object],
) -> tuple[list[Server], dict[int, Any]]:
    """Make a server for each listening socket. Return them with the map that waitress's loop polls."""
    map: dict[int, Any] = {}
    made = [Server(application, one, settings=settings, access_log=access_log, map=map) for one in sockets]
    return made, map


def _lane(threads: int) -> ThreadedTaskDispatcher:
    """Threads with a queue of their own."""
    lane = ThreadedTaskDispatcher()
    lane.set_thread_count(threads)
    return lane


def _adjustments(settings: ServerSettings) -> Adjustments:
    """waitress's settings. Django reads the proxy's headers itself, as many as TRUSTED_PROXIES says."""
    return Adjustments(
        ident="handhold",
        max_request_body_size=settings.largest_body,
        max_request_header_size=64 * 1024,
        inbuf_overflow=256 * 1024,
        connection_limit=settings.connections + 100,
        channel_timeout=settings.idle_seconds,
        cleanup_interval=1,
        clear_untrusted_proxy_headers=False,
        log_socket_errors=False,
    )
