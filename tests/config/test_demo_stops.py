"""The demonstration leaves no process behind, however it ends. Real processes, stand-ins for ours."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]
SUPERVISOR = """
import signal, sys
from pathlib import Path
from scripts import children
children.LOGS, children.ROOT = Path(sys.argv[1]), Path(sys.argv[1])
family = children.Children()
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, lambda _number, _frame: family.ask_to_stop())
family.start("web", ["sh", "-c", "sleep 600 & sleep 600"], {"PATH": "/usr/bin:/bin"})
family.start("worker", ["sleep", "600"], {"PATH": "/usr/bin:/bin"})
print("started", flush=True)
try:
    family.watch()
except children.ChildError as problem:
    print(problem, flush=True)
finally:
    family.stop()
"""


@pytest.fixture
def supervisor(tmp_path):
    command = [sys.executable, "-c", SUPERVISOR, str(tmp_path)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    family = family_when_whole(process)
    yield process
    if process.poll() is None:
        process.kill()
    for one in family:
        with suppress(psutil.NoSuchProcess):
            one.kill()
    process.communicate()


def family_of(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


def family_when_whole(process: subprocess.Popen[str], seconds: float = 60) -> list[psutil.Process]:
    """All its processes, once the shell that stands for web has started a child of its own."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        family = family_of(process)
        if any(one.ppid() != process.pid for one in family):
            return family
        time.sleep(0.02)
    raise AssertionError("the stand-in for web has started no child")


def lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:  # it ended between the two questions
        return False


def still_running(family: list[psutil.Process], seconds: float = 30) -> list[psutil.Process]:
    """Those that live on after a wait; one that only waits to be collected by init has ended."""
    end = time.monotonic() + seconds
    running = list(family)
    while running and time.monotonic() < end:
        running = [p for p in running if lives(p)]
        time.sleep(0.05)
    return running


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_every_process_and_its_children(supervisor, number):
    family = family_of(supervisor)
    assert len(family) >= 3
    supervisor.send_signal(number)
    assert supervisor.wait(60) == 0
    assert still_running(family) == []


def test_when_one_process_dies_all_stop_and_its_name_is_told(supervisor):
    family = family_of(supervisor)
    worker = next(p for p in family if p.cmdline() == ["sleep", "600"] and p.ppid() == supervisor.pid)
    worker.kill()
    said, _ = supervisor.communicate(timeout=60)
    assert "worker ended" in said
    assert still_running(family) == []


if sys.platform == "linux":  # other systems have no such promise to keep

    def test_they_end_even_when_the_supervisor_is_killed(supervisor):
        direct = [p for p in family_of(supervisor) if p.ppid() == supervisor.pid]
        os.kill(supervisor.pid, signal.SIGKILL)
        assert still_running(direct) == []
