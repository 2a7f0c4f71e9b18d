"""What a protocol is once it has been read, and what an assessment is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from backend.protocol.day import Case

Facts = dict[str, Any]
Grade = int | str | None
Condition = Mapping[str, Any]
Test = Callable[["Case", int], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a protocol, ready to be asked.

    `test(case, 0)` is true when it fires. `rank` orders the output: most urgent first, then as in the file.
    `needs` are today's answers, any one of which is missing when the rule cannot fire (see `conditions.needs`).
    """

    id: str
    symptom: str
    urgency: str
    advice: str
    when: Condition
    source: str
    tags: tuple[str, ...]
    nurse_due_minutes: int | None
    rank: tuple[int, int]
    test: Test
    needs: frozenset[str]
    uses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Protocol:
    """One released version of a drug's protocol. Immutable; `data` is the composed file as sent to the phone.

    Example: `sorafenib`, version 2. `signature` is None while no clinician has signed it. `own_tables` are the
    grading tables the rules use; `paths` give "diarrhea.stools" for the group and field. `graded` are the grades every
    assessment has, `graded_if_answered` those of optional questions, left out of an assessment when not answered.
    """

    id: str
    version: int
    drug: str
    signature: str | None
    data: Mapping[str, Any]
    urgencies: tuple[str, ...]
    symptoms: tuple[str, ...]
    graded: tuple[str, ...]
    graded_if_answered: frozenset[str]
    parameters: Mapping[str, float]
    grade_tables: Mapping[str, Mapping[str, Sequence[tuple[Grade, Test]]]]
    own_tables: Mapping[str, Sequence[tuple[Grade, Test]]]
    paths: Mapping[str, Mapping[str, str]]
    parts_of_hand_foot: frozenset[str]
    rules: tuple[Rule, ...]
    rule_by_id: Mapping[str, Rule]
    rules_by_need: Mapping[str, tuple[Rule, ...]]
    second_reading: tuple[tuple[int, Test], ...]
    window_days: int
    nurse_due_minutes: Mapping[str, int | None]
    escalation_minutes: Mapping[str, int | None]
    review_window_days: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Fired:
    """One rule that fired on one log, with the facts that made it."""

    id: str
    symptom: str
    urgency: str
    advice: str
    nurse_due_minutes: int | None
    facts: dict[str, Any]
    source: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the protocol says about one day. Grades are estimates; None is not answered."""

    urgency: str
    grades_ctcae5: dict[str, Grade]
    grades_ctcae6: dict[str, Grade]
    fired: tuple[Fired, ...] = field(default=())


class FactError(ValueError):
    """An answer that is refused: which `field` (a group of facts), and in `detail` what is wrong and what to do."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(f"{field}: {detail}")
        self.field = field
        self.detail = detail
