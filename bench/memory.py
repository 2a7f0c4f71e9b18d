"""Goal 10: the memory of a web worker after thousands of requests, beside the control's."""

from bench.processes import memory_of_a_web_worker
from bench.report import Goal
from bench.run import Run
from bench.site import Site


def measure(run: Run, site: Site, control: Site) -> None:
    """Compare the larger worker of each, after the loads of goals 1 and 2."""
    ours, theirs = memory_of_a_web_worker(site.web_processes()), memory_of_a_web_worker(control.web_processes())
    run.report.add(
        Goal(
            "10",
            "memory of a web worker, of a bare Django REST framework worker",
            f"{ours / theirs:.2f}x",
            "at most 1.3x",
            ours <= 1.3 * theirs,
            f"control {theirs:.0f} MiB (proportional share), after the loads above",
            f"{ours:.0f} MiB",
        )
    )
