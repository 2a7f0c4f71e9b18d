"""The proxy of docker-compose.yml: Caddy itself, with deploy/Caddyfile, without TLS."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backend.config.service import free_port
from tests.faults.process import ROOT, Process, wait_until
from tests.faults.web import Web

CARE_LINES = "Riverside & Sons=+1 555 0142; Lakeside=555 0199"
CONFIGURATION = ["--config", "deploy/Caddyfile", "--adapter", "caddyfile"]
CADDY = str(Path(sys.executable).parent / "caddy")


class Proxy(Web):
    """A running proxy. `log` is what it wrote."""

    def __init__(self, port: int, log: Path) -> None:
        super().__init__(port)
        self.port, self.log = port, log


@contextmanager
def proxy(folder: Path, *, web: int) -> Iterator[Proxy]:
    """Run the proxy before the web process on this port."""
    running = Proxy(free_port(), folder / "proxy.log")
    environment = {**_settings(running.address, web), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    process = Process([CADDY, "run", *CONFIGURATION], environment, running.log)
    try:
        wait_until(lambda: _listens(running) or not process.running, "the proxy answers")
        assert process.running, running.log.read_text()
        yield running
    finally:
        process.kill()


def _listens(running: Proxy) -> bool:
    try:
        return bool(running.call("GET", "api/v1/me").status)
    except OSError:
        return False


def configuration() -> str:
    """The Caddyfile as Caddy understands it: JSON."""
    command = [CADDY, "adapt", *CONFIGURATION]
    return subprocess.run(
        command, cwd=ROOT, env=_settings("localhost", 8000), capture_output=True, text=True, check=True
    ).stdout


def _settings(address: str, web: int) -> dict[str, str]:
    return {
        **os.environ,
        "SITE_ADDRESS": address,
        "WEB": f"127.0.0.1:{web}",
        "PROXY_FILES": str(ROOT / "deploy" / "proxy"),
        "CARE_LINES": CARE_LINES,
        "EMERGENCY_NUMBER": "911",
    }
