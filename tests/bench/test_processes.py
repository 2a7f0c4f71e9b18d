"""The benchmarks count processes; one that has just ended is no reason to stop."""

import os
import subprocess
import sys
import time

import psutil
import pytest

from bench import processes, site


@pytest.fixture
def just_ended():
    """A process of ours that has ended and that nobody has waited for: a zombie."""
    ended = subprocess.Popen(["sleep", "600"], env={**os.environ, "BENCH": "ours"})
    process = psutil.Process(ended.pid)
    ended.kill()
    end = time.monotonic() + 60
    while process.status() != psutil.STATUS_ZOMBIE and time.monotonic() < end:
        pass
    yield process
    ended.wait()


@pytest.fixture
def running():
    command, pipe = [sys.executable, "-c", "print('runs', flush=True); input()"], subprocess.PIPE
    ours = subprocess.Popen(command, env={**os.environ, "BENCH": "ours"}, stdin=pipe, stdout=pipe)
    assert ours.stdout is not None
    ours.stdout.readline()
    yield psutil.Process(ours.pid)
    ours.kill()
    ours.communicate()


def test_a_process_that_has_just_ended_is_not_among_ours(just_ended, running):
    assert site.processes_of("", "BENCH", "ours") == [running]


def test_a_process_that_has_just_ended_costs_nothing(just_ended):
    assert (processes.cpu(just_ended), processes.memory(just_ended)) == (0, 0)


def test_the_memory_of_web_workers_is_that_of_those_that_live(just_ended, running):
    assert processes.memory_of_a_web_worker([psutil.Process(), running, just_ended]) > 1
