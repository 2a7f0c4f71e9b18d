"""The control of goals 2 and 10 as a running site: gunicorn and Celery with as many processes, nothing tuned."""

import uuid
from datetime import UTC, datetime
from json import dumps

from redis import Redis

from bench.load import Request, send
from bench.site import Servers, Site, wait_until
from scripts.places import PYTHON

SETTINGS = "bench.control.settings"
_TOKEN = "0123456789012345678901234567890123456789"  # noqa: S105 of an invented person in a database of the bench
_PERSON = """
INSERT INTO auth_user (username, password, email, first_name, last_name, is_superuser, is_staff, is_active, date_joined)
VALUES ('patient', '!', '', '', '', false, false, true, now()) RETURNING id
"""


class Control(Site):
    """What most would build, ready to take logs."""

    def __init__(self, servers: Servers) -> None:
        servers.create("bench_control")
        super().__init__("control", servers, database="bench_control", redis=1, settings=SETTINGS)
        manage = [str(PYTHON), "manage.py", "migrate", "--no-input"]
        self.children.finish("bench-control-migrate", manage, self.environment)
        with servers.connect("bench_control") as database:
            row = database.execute(_PERSON).fetchone()
            database.execute("INSERT INTO authtoken_token VALUES (%s, now(), %s)", [_TOKEN, row and row[0]])
        gunicorn = str(PYTHON.with_name("gunicorn"))
        web = (gunicorn, "bench.control.wsgi:application", "--bind", self.environment["LISTEN"])
        self.start_web((*web, "--workers", "2", "--threads", "4", "--no-control-socket"))

    def start_its_worker(self) -> None:
        """Celery with its defaults, as many processes as Handhold's worker has, warm and with nothing to do."""
        celery = str(PYTHON.with_name("celery"))
        self.start_worker(
            (celery, "--app", "bench.control.celery", "worker", "--concurrency", "2", "--loglevel", "WARNING")
        )
        self._queue().flushdb()
        send(self.logs(20), port=self.port)
        wait_until(self.has_nothing_to_do, seconds=60, what="The control's first tasks")

    def has_nothing_to_do(self) -> bool:
        """No task waits. Those its worker has taken already are forgiven."""
        return not self._queue().llen("celery")

    def stop_its_worker(self) -> None:
        """Stop it and forget what it could not do in time: nobody else's turn shall pay for that."""
        self.stop_worker()
        self._queue().flushdb()

    def _queue(self) -> Redis:
        return Redis.from_url(self.environment["REDIS_URL"])

    def logs(self, count: int) -> list[Request]:
        """Requests that each send a new log."""
        return [("POST", "/logs", f"Token {_TOKEN}", dumps({"id": str(uuid.uuid4()), **_LOG})) for _ in range(count)]


_LOG = {
    "day": str(datetime.now(UTC).date()),
    "stools": 2,
    "systolic": 126,
    "diastolic": 78,
    "second_systolic": 124,
    "second_diastolic": 77,
    "skin_change": "minimal",
    "pain": "none",
    "fatigue": False,
    "adherence": "as_prescribed",
    "weight": 70.5,
    "note": "",
}
