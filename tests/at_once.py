"""Two people act at one moment, each in a transaction of their own: the second waits for the first, or need not."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from django.db import connection, transaction

_HELD_UP = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
Refusals = tuple[type[Exception], ...]


def first_and_second(
    first: Callable[[], object], second: Callable[[], object], refusals: Refusals = ()
) -> Exception | None:
    """Do the first, and before it is committed the second beside it. Return what the second was refused with."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            beside = pool.submit(_beside, second, refusals)
            _until_it_waits(beside)
        return beside.result()


def first_while_second_is_held_back(
    table: str, first: Callable[[], object], second: Callable[[], object], refusals: Refusals = ()
) -> Exception | None:
    """The same, but the second has read this table before the first, and writes it after: its moment is the worst."""

    def hold_back() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")  # read by all, written by the first
        first()

    return first_and_second(hold_back, second, refusals)


def has_to_wait(first: Callable[[], object], second: Callable[[], object]) -> bool:
    """Whether the second, begun before the first is committed, waits for it."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            beside = pool.submit(_beside, second, ())
            _until_it_waits(beside)
            waited = not beside.done()
        beside.result()
        return waited


def _beside(act: Callable[[], object], refusals: Refusals) -> Exception | None:
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
            cursor.execute(_HELD_UP)
            if cursor.fetchone() != (0,):
                return
