"""What a run found: printed line by line, and kept in docs/benchmarks.md."""

import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import median

import psutil

from scripts.places import ROOT

FILE = ROOT / "docs" / "benchmarks.md"


@dataclass(frozen=True)
class Goal:
    """One goal and how far this run came. `anchor` is what it was compared with, `figures` the absolute numbers.

    Example: Goal("1", "PUT of a log, of pgbench", "1/18.4", "at least 1/20", True, "pgbench 7,200/s", "391 PUT/s").
    """

    number: str
    what: str
    reached: str
    target: str
    met: bool
    anchor: str
    figures: str


@dataclass
class Report:
    """Goals in the order measured, notes beside them, and the machine they were measured on."""

    postgres: str
    goals: list[Goal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lists: dict[str, dict[str, int]] = field(default_factory=dict)
    loads: list[float] = field(default_factory=list)

    def add(self, goal: Goal) -> None:
        """Print a goal and keep it."""
        self.goals.append(goal)
        word = "met    " if goal.met else "NOT MET"
        print(f"{goal.number:>4}  {word}  {goal.what}: {goal.reached} ({goal.target})", flush=True)
        print(f"               {goal.anchor}; {goal.figures}", flush=True)

    def note(self, text: str) -> None:
        """Print a remark and keep it."""
        self.notes.append(text)
        print(f"      {text}", flush=True)

    def list_sizes(self, heading: str, sizes: dict[str, int]) -> None:
        """Print files by size in bytes, the largest first, and keep them."""
        self.lists[heading] = dict(sorted(sizes.items(), key=lambda one: -one[1]))
        for name, size in self.lists[heading].items():
            print(f"      {size:8,}  {name}", flush=True)

    def watch_load(self) -> None:
        """Note how busy the machine is; called while nothing of ours runs."""
        self.loads.append(os.getloadavg()[0])

    def write(self) -> None:
        """Write docs/benchmarks.md."""
        FILE.parent.mkdir(exist_ok=True)
        FILE.write_text("\n".join([*self._head(), *self._table(), "", *self._notes(), *self._lists()]) + "\n")

    def _head(self) -> list[str]:
        memory = psutil.virtual_memory().total / 2**30
        return [
            "# Benchmarks",
            "",
            "Written by `make bench`; do not edit. Every goal is a ratio measured against an anchor on the same machine"
            " in the same minutes, the two in turn, and the median of the turns. Client, web, worker, PostgreSQL and"
            " Valkey share the machine. PostgreSQL keeps its durability (`fsync` and `synchronous_commit` on).",
            "",
            f"{datetime.now(UTC):%d %B %Y, %H:%M} UTC. {os.cpu_count()} cores, {memory:.0f} GiB of memory,"
            f" {platform.system()}, Python {platform.python_version()}, PostgreSQL {self.postgres}.",
            "",
        ]

    def _table(self) -> list[str]:
        rows = [
            f"| {g.number} | {g.what} | **{g.reached}** | {g.target} | {'met' if g.met else '**not met**'}"
            f" | <sub>{g.anchor}; {g.figures}</sub> |"
            for g in self.goals
        ]
        return [
            "| # | goal | reached | target | | anchor and absolute figures |",
            "|---|---|---|---|---|---|",
            *rows,
        ]

    def _lists(self) -> Iterator[str]:
        for heading, sizes in self.lists.items():
            yield from ("", f"## {heading}", "", "| bytes | file |", "|---:|---|")
            yield from (f"| {size:,} | `{name}` |" for name, size in sizes.items())
            yield f"| **{sum(sizes.values()):,}** | all |"

    def _notes(self) -> list[str]:
        notes = [f"- {note}" for note in self.notes]
        if self.loads and max(self.loads) > 1.5 * (os.cpu_count() or 1):
            notes.append(
                f"- Others used the machine too (load average {max(self.loads):.1f} at the start): noisy figures."
            )
        return notes


def middle(values: list[float]) -> float:
    """The median."""
    return float(median(values))
