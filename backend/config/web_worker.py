"""The class of gunicorn's web processes: gunicorn starts, watches and ends them, `web_server` answers in them."""

import logging
import os
import resource
import time
from typing import Any

from django.conf import settings
from gunicorn.workers.base import Worker
from waitress import wasyncore

from backend.config import web_server
from backend.config.web_server import Server, ServerSettings

POLL_SECONDS = 1.0
OPEN_FILES = 4096


class BufferingWorker(Worker):
    """Runs waitress's loop until gunicorn asks it to end; then finishes what is being answered."""

    def run(self) -> None:
        """Serve until told to end or until gunicorn is gone."""
        _raise_limit_of_open_files()
        logging.getLogger("waitress").setLevel(logging.ERROR)
        servers, map = web_server.create(
            self.wsgi,
            sockets=[listening.sock for listening in self.sockets],
            settings=ServerSettings(threads=self.cfg.threads, largest_body=2 * settings.LARGEST_REQUEST),
            access_log=self._write_access_log,
        )
        _Alarm(self.PIPE[0], map)
        while self.alive and self.ppid == os.getppid():
            self._poll(map)
        self._finish(servers, map)

    def _poll(self, map: dict[int, Any]) -> None:
        self.notify()
        wasyncore.loop(timeout=POLL_SECONDS, use_poll=True, map=map, count=1)

    def _finish(self, servers: list[Server], map: dict[int, Any]) -> None:
        """Accept no more, answer what is here, and end."""
        for server in servers:
            server.accepting = False
        end = time.monotonic() + self.cfg.graceful_timeout
        while any(server.is_answering for server in servers) and time.monotonic() < end:
            self._poll(map)
        for server in servers:
            server.stop()

    def _write_access_log(self, line: str) -> None:
        if self.cfg.accesslog:
            self.log.access_log.info(f"{self.log.now()} {line}")


class _Alarm(wasyncore.file_dispatcher):
    """Ends the wait of the loop when a signal arrives."""

    def writable(self) -> bool:
        return False

    def handle_read(self) -> None:
        self.recv(64)


def _raise_limit_of_open_files() -> None:
    """Each connection is an open file, and a large body is another."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
