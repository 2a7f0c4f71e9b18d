"""What a drug's label says about its dose when a side effect comes, for the clinician who decides.

The rows lie in `labels/<drug>.json`, in our words, each with where it was read. A row that is not verified is shown so.
Nothing here is ever shown to a patient, and nothing here decides: a dose decision is a clinician's.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "labels"


@dataclass(frozen=True, slots=True)
class DoseLevels:
    """The doses of one use of the drug, from the first to the lowest."""

    scope: str
    levels: Sequence[str]
    verified: bool
    source: str


@dataclass(frozen=True, slots=True)
class LabelRow:
    """What the label says at these CTCAE grades of a symptom; `when` and `occurrence` narrow them, in words."""

    symptom: str
    grades: Sequence[int]
    when: str
    occurrence: str
    says: str
    scope: str
    verified: bool
    source: str


@dataclass(frozen=True, slots=True)
class Label:
    """Dose levels and rows of one drug."""

    drug: str
    dose_levels: Sequence[DoseLevels]
    rows: Sequence[LabelRow]


@cache
def of(drug: str) -> Label | None:
    """The label of a drug, None where we have none. Raise TypeError where a row lacks a part or has one too many."""
    path = FOLDER / f"{drug}.json"
    if drug not in drugs():
        return None
    found = json.loads(path.read_text(encoding="utf-8"))
    levels = [DoseLevels(**row) for row in found["dose_levels"]]
    return Label(found["drug"], levels, [LabelRow(**row) for row in found["rows"]])


@cache
def drugs() -> frozenset[str]:
    """The drugs we have read a label of."""
    return frozenset(path.stem for path in FOLDER.glob("*.json"))
