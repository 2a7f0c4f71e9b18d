"""The API does what its description says, whoever asks: Schemathesis tries every operation with every role.

Each operation is tried at the edges of everything it describes (right and wrong bodies, parameters, methods, headers)
and with random bodies, with ids that exist as well as invented ones. Every act is rolled back. The numbers of tries are
bounded here; `OPENAPI_TRIES=20 make api-tries` tries more.
"""

import os
import re
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import pytest
import schemathesis
from django.core.cache import caches
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection, transaction
from django.urls import resolve
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import Failure, FailureGroup

from tests.api.test_who_may_do_what import EVERYBODY, ROWS, addresses, cast  # noqa: F401 - fixtures
from tests.conftest import client_of

UUID = "[0-9a-f]{8}-[0-9a-f-]{27}"
TRIES = int(os.environ.get("OPENAPI_TRIES", "1"))
EDGES, REFUSED = 24, 2
"""How many cases of an operation a role tries that may do it, and one that may not."""
ROLES = ["nobody", "maria", "caregiver", "joan", "ada", *(["dr_okafor"] if TRIES > 1 else [])]
CONFIG = SchemathesisConfig.from_dict({
    "checks": {
        # Some rules no schema can say, such as "at most 14 days back": what they refuse is 422 too.
        "positive_data_acceptance": {"expected-statuses": ["2xx", "304", "401", "403", "404", "409", "422"]},
        "negative_data_rejection": {
            "expected-statuses": ["400", "401", "403", "404", "405", "406", "409", "413", "415", "422"]
        },
    },
    "generation": {"deterministic": True, "database": "none"},
})  # fmt: skip
MOMENTS = st.datetimes(datetime(1901, 1, 1), datetime(2198, 12, 30)).map(lambda at: f"{at:%Y-%m-%dT%H:%M:%S}Z")  # noqa: DTZ001
DAYS = st.integers(-20, 400).map(lambda ahead: str(timezone.now().date() + timedelta(days=ahead)))
schemathesis.openapi.format("date-time", MOMENTS)
schemathesis.openapi.format("date", DAYS)


@pytest.fixture
def in_one_transaction(db):
    """Requests leave the connection open, as Django's own test client has it: what they do is rolled back."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    with connection.cursor() as cursor:
        # Cases are made while the transaction waits.
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def described(in_one_transaction):
    return schemathesis.openapi.from_wsgi("/api/v1/schema", get_wsgi_application(), config=CONFIG)


def known(path: str, addresses: dict[str, Any]) -> dict[str, str]:  # noqa: F811
    """The ids of Maria's own rows that belong into this path."""
    pattern = re.compile(re.sub(r"\{(\w+)\}", rf"(?P<\1>{UUID})", path) + "$")
    found = (pattern.match(address) for address, _ in addresses.values())
    return next((one.groupdict() for one in found if one), {})


def may(role: str, operation: Any) -> bool:
    """Whether the role's table lets it in."""
    name = resolve(
        re.sub(r"\{day\}", "2026-05-14", re.sub(r"\{\w+\}", str(uuid.UUID(int=0)), operation.full_path))
    ).url_name
    row = ROWS.get((operation.method.upper(), name or ""), [403] * len(EVERYBODY))
    return row[EVERYBODY.index(role)] not in (401, 403)


def cases(schema: Any, operation: Any) -> Iterator[Any]:
    """Random cases of an operation, then its edges."""
    modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
    for mode in modes:
        yield from random_cases(operation, mode)
    yield from schema.iter_coverage_cases(operation, generation_modes=modes, generation_config=schema.config.generation)


def random_cases(operation: Any, mode: GenerationMode) -> list[Any]:
    made: list[Any] = []

    @seed(1)
    @hypothesis_settings(max_examples=2 * TRIES, database=None, deadline=None, phases=[Phase.generate],
                         suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=operation.as_strategy(mode))
    def collect(case: Any) -> None:
        made.append(case)

    collect()
    return made


def faults(case: Any, headers: dict[str, str]) -> list[str]:
    """What is not as described. Whatever the case changed is rolled back."""
    with transaction.atomic():
        try:
            case.call_and_validate(headers=headers)
        except (FailureGroup, Failure) as failed:
            group = failed.exceptions if isinstance(failed, FailureGroup) else [failed]
            return [f"{case.method} {case.formatted_path} {type(one).__name__}: {one}" for one in group]
        finally:
            transaction.set_rollback(True)
    return []


@pytest.mark.parametrize("role", ROLES)
def test_every_operation_is_as_described_for(role, described, cast, addresses, settings):  # noqa: F811
    settings.API_REQUESTS_A_MINUTE = 10**9
    caches["requests"].clear()
    person = cast[role]
    headers = {"Accept-Encoding": "identity"}
    if person is not None:
        headers["Authorization"] = vars(client_of(person))["_credentials"]["HTTP_AUTHORIZATION"]
    found: list[str] = []
    for result in described.get_all_operations():
        operation = result.ok()
        ids = known(operation.full_path, addresses)
        most = EDGES if may(role, operation) else REFUSED
        for number, case in enumerate(islice(cases(described, operation), most * TRIES)):
            if number % 2 and ids and set(ids) <= set(case.path_parameters or {}):
                case.path_parameters.update(ids)
            found += faults(case, headers)
    assert not found, "\n".join(found)
