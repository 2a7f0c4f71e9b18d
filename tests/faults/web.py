"""The site as a phone or a nurse's page meets it: over HTTP, with a bearer token."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

from tests.faults.process import LIMIT

_STRAIGHT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Person:
    """Somebody of the site's cast. `patient` is the id of the patient they are, if they are one."""

    email: str
    token: str
    patient: str | None


@dataclass(frozen=True)
class Answer:
    """What the site answered over HTTP."""

    status: int
    content_type: str
    body: Any


class Web:
    """The web processes behind one address."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"

    def call(self, method: str, path: str, person: Person | None = None, body: Any = None) -> Answer:
        """Ask the site. Raise OSError if it cannot be reached."""
        headers = {"Content-Type": "application/json"}
        if person is not None:
            headers["Authorization"] = f"Bearer {person.token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.address}/{path}", data, headers, method=method)
        try:
            with _STRAIGHT.open(request, timeout=LIMIT) as got:
                return Answer(got.status, got.headers["Content-Type"], json.loads(got.read() or b"null"))
        except urllib.error.HTTPError as refused:
            with refused:
                return Answer(refused.code, refused.headers["Content-Type"], json.loads(refused.read() or b"null"))

    def answers(self, path: str) -> bool:
        """Whether this path is there."""
        try:
            return self.call("GET", path).status == 200
        except OSError:
            return False
