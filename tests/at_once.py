"""Two people act at one moment, each in a transaction of their own: the second waits for the first."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from django.db import connection, transaction

_WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def first_and_second(
    first: Callable[[], object], second: Callable[[], object], refusals: tuple[type[Exception], ...]
) -> Exception | None:
    """Do the first, and before it is committed the second beside it. Return what the second was refused with."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            beside = pool.submit(_beside, second, refusals)
            _until_it_waits(beside)
        return beside.result()


def _beside(act: Callable[[], object], refusals: tuple[type[Exception], ...]) -> Exception | None:
    try:
        act()
    except refusals as refused:
        return refused
    else:
        return None
    finally:
        connection.close()


def _until_it_waits(second: Future[Exception | None]) -> None:
    """Return once the second waits for the first, or has done without."""
    with connection.cursor() as cursor:
        while not second.done():
            cursor.execute(_WAITING)
            if cursor.fetchone() != (0,):
                return
