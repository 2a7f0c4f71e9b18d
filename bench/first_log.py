"""The bytes of a first log, file by file: all that the network carries until all is quiet after it was saved."""

from bench.report import Goal
from bench.run import Run

KILOBYTE = 1024
MOST = 110 * KILOBYTE
SHARE = 2 / 3
KINDS = (
    (".js", "JavaScript"),
    (".css", "CSS"),
    (".woff2", "typeface"),
    ("/protocol", "protocol and its texts"),
    ("/", "page"),
)


def weigh(run: Run, sides: list[dict[str, int]]) -> None:
    """Add the goal and the list of files; with the other checkout's bytes as well, the goal of the ratio."""
    ours, *others = (sum(side.values()) for side in sides)
    what = "all bytes of a first log"
    figures = "as sent; " + "; ".join(f"{kind} {size / KILOBYTE:.1f} kB" for kind, size in _by_kind(sides[0]).items())
    reached = f"{ours / KILOBYTE:.1f} kB"
    run.report.add(Goal("11", what, reached, f"at most {MOST // KILOBYTE} kB", ours <= MOST, "as sent", figures))
    for theirs in others:
        reached, compared = f"{ours / theirs:.2f}x", f"{theirs / KILOBYTE:.1f} kB there"
        run.report.add(
            Goal("11", f"{what}, of the other checkout's", reached, f"at most {SHARE:.2f}x", ours <= SHARE * theirs,
                 "the same visit", compared)
        )  # fmt: skip
    run.report.list_sizes("The bytes of a first log, file by file", sides[0])


def _by_kind(weights: dict[str, int]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for path, size in weights.items():
        kind = next((name for end, name in KINDS if path.endswith(end)), "answers of the API, icons")
        sums[kind] = sums.get(kind, 0) + size
    return sums
