"""What our processes cost: CPU time and memory, read from the operating system."""

from collections.abc import Iterable

import psutil

from bench.site import Servers, Site, of_living


def cpu_seconds(site: Site, servers: Servers) -> dict[str, float]:
    """CPU seconds used so far by web, worker, PostgreSQL and Valkey."""
    postgres = _with_children(servers.postgres.process.pid) if servers.postgres.process else []
    valkey = _with_children(servers.valkey.process.pid) if servers.valkey.process else []
    groups = {"web": site.web_processes(), "worker": site.worker_processes(), "PostgreSQL": postgres, "Valkey": valkey}
    return {name: sum(cpu(process) for process in processes) for name, processes in groups.items()}


def memory_of_a_web_worker(found: list[psutil.Process]) -> float:
    """MiB of the larger web worker: its share of memory (PSS) where Linux tells, else its resident size."""
    masters = {process.pid for process in found}
    workers = [process for process in found if of_living(process.ppid, gone=0) in masters]
    return max(memory(process) for process in workers) / 2**20


def memory(process: psutil.Process) -> int:
    """Bytes it uses; 0 if it has just ended."""
    full = of_living(process.memory_full_info, gone=None)
    return int(getattr(full, "pss", full.rss)) if full else 0


def cpu(process: psutil.Process) -> float:
    """Seconds of CPU time it has used; 0 if it has just ended."""
    times = of_living(process.cpu_times, gone=None)
    return float(times.user + times.system) if times else 0.0


def _with_children(pid: int) -> Iterable[psutil.Process]:
    return of_living(lambda: [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)], gone=[])
