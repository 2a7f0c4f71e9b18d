"""What our processes cost: CPU time and memory, read from the operating system."""

from collections.abc import Iterable

import psutil

from bench.site import Servers, Site


def cpu_seconds(site: Site, servers: Servers) -> dict[str, float]:
    """CPU seconds used so far by web, worker, PostgreSQL and Valkey."""
    postgres = _with_children(servers.postgres.process.pid) if servers.postgres.process else []
    valkey = _with_children(servers.valkey.process.pid) if servers.valkey.process else []
    groups = {"web": site.web_processes(), "worker": site.worker_processes(), "PostgreSQL": postgres, "Valkey": valkey}
    return {name: sum(_cpu(process) for process in processes) for name, processes in groups.items()}


def memory_of_a_web_worker(site: Site) -> float:
    """MiB of the larger web worker: its share of memory (PSS) where Linux tells, else its resident size."""
    masters = site.web_processes()
    workers = [process for process in masters if process.ppid() in {master.pid for master in masters}]
    return max(_memory(process) for process in workers) / 2**20


def _memory(process: psutil.Process) -> int:
    full = process.memory_full_info()
    return int(getattr(full, "pss", full.rss))


def _cpu(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)


def _with_children(pid: int) -> Iterable[psutil.Process]:
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]
