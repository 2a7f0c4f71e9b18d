"""The doses of a drug as its label orders them: level 0 is the label's starting dose, -1 and below are lower ones.

They lie in `doses/<drug>.json`, one ladder for each use, with where it was read; one that is not verified is shown so.
Nothing here decides: a dose decision is a prescriber's, who may also decide on a dose that is on no ladder.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "doses"


@dataclass(frozen=True, slots=True)
class Schedule:
    """Days with the drug, then planned days without, over and over. Every day is 1 on, 0 off."""

    days_on: int = 1
    days_off: int = 0
    verified: bool = True
    source: str = ""

    def is_on(self, days_since: int) -> bool:
        """Whether the drug is planned so many days after the first day of the schedule."""
        return days_since % (self.days_on + self.days_off) < self.days_on


EVERY_DAY = Schedule()


@dataclass(frozen=True, slots=True)
class Dose:
    """One dose: mg on a day on which it is planned, and mg of each intake (empty: the source says the day's sum only).

    `schedule` is None where the dose follows that of its use; `mg_a_day` is None where only the words are known.
    """

    level: int | None
    words: str
    mg_a_day: float | None
    intakes_mg: tuple[float, ...] = ()
    schedule: Schedule | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """The ladder of doses of one use of a drug, highest first."""

    id: str
    words: str
    verified: bool
    source: str
    schedule: Schedule
    levels: Sequence[Dose] = field(default_factory=tuple)

    def at(self, level: int) -> Dose | None:
        """The dose of a level, None where the ladder has no such step."""
        return next((dose for dose in self.levels if dose.level == level), None)

    @property
    def start(self) -> Dose:
        """The label's starting dose."""
        return next(dose for dose in self.levels if dose.level == 0)


def use(drug: str, use_id: str) -> Use | None:
    """One ladder of a drug; None where there is none of that name."""
    return next((one for one in of(drug) if one.id == use_id), None)


@cache
def of(drug: str) -> tuple[Use, ...]:
    """The ladders of a drug; empty where we have none. Raise KeyError where a row lacks a part."""
    if drug not in drugs():
        return ()
    found = json.loads((FOLDER / f"{drug}.json").read_text(encoding="utf-8"))
    return tuple(_use(row) for row in found["uses"])


@cache
def drugs() -> frozenset[str]:
    """The drugs whose doses we have read."""
    return frozenset(path.stem for path in FOLDER.glob("*.json"))


def _use(row: Mapping[str, Any]) -> Use:
    schedule = Schedule(**row["schedule"]) if row["schedule"] else EVERY_DAY
    levels = tuple(_dose(level) for level in row["levels"])
    return Use(row["id"], row["words"], row["verified"], row["source"], schedule, levels)


def _dose(row: Mapping[str, Any]) -> Dose:
    own = Schedule(row["days_on"], row["days_off"]) if "days_on" in row else None
    return Dose(row["level"], row["words"], row["mg_a_day"], tuple(row["intakes_mg"] or ()), own)
