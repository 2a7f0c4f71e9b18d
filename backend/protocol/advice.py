"""What the patient is told now: title, why, what it means, and what helps meanwhile. All words come from `texts/`."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from backend.protocol import texts, wording
from backend.protocol.day import Case
from backend.protocol.model import Assessment, Facts, Fired, Protocol

MOST_TIPS = 4


def compose(
    protocol: Protocol,
    assessment: Assessment,
    days: Sequence[Facts | None],
    baseline: Mapping[str, Any] | None = None,
    language: str = "en",
) -> dict[str, Any]:
    """The advice screen as data: urgency, title, because, paragraphs, while_you_wait (lists of sentences).

    "{emergency_number}" stays in the sentences; the caller, who knows the clinic, fills it in.
    """
    words = texts.of(language)
    case = Case(protocol, days, baseline or {}, (), {})
    urgency = words["urgencies"][assessment.urgency]
    told = _told(protocol, assessment)
    values = wording.values_of(case, 0, words)
    due = protocol.nurse_due_minutes[assessment.urgency]
    if due is not None:
        values["nurse_due"] = wording.lasting(words, due)
    return {
        "urgency": assessment.urgency,
        "title": wording.fill(urgency["title"], values),
        "because": _once(_because(fired, assessment, case, values, words) for fired in told),
        "paragraphs": [wording.fill(paragraph, values) for paragraph in urgency["paragraphs"]],
        "while_you_wait": _once(tip for fired in told for tip in _tips(fired, values, words))[:MOST_TIPS],
    }


def _told(protocol: Protocol, assessment: Assessment) -> list[Fired]:
    """The rules the patient hears about: one a symptom, of the most urgent ones.

    When two symptoms together made the day urgent, each of them is heard.
    """
    combine = protocol.data["combination"]
    heard = {assessment.urgency}
    if any(fired.id == combine["id"] for fired in assessment.fired):
        heard.add(combine["at"])
    first: dict[str, Fired] = {}
    for fired in assessment.fired:
        if fired.urgency in heard:
            first.setdefault(fired.symptom, fired)
    return list(first.values())


def _because(
    fired: Fired, assessment: Assessment, case: Case, values: wording.Values, words: wording.Texts
) -> str | None:
    own = dict(values)
    if fired.symptom in words["symptoms"]:
        own["symptom"] = words["symptoms"][fired.symptom]["patient"]
    alike = [other.facts for other in assessment.fired if other.advice == fired.advice]
    signs = frozenset(name.partition(".")[2] for facts in alike for name in facts if name.startswith("sign."))
    named = wording.signs_named(case.protocol.data["facts"]["warning_signs"]["values"], signs, values, "sign_")
    if named:
        own["signs"] = wording.joined(words, named)
    return wording.pick(words["advice"][fired.advice]["because"], own)


def _tips(fired: Fired, values: wording.Values, words: wording.Texts) -> list[str | None]:
    return [wording.fill(tip, values) for tip in words["advice"][fired.advice]["while_you_wait"]]


def _once(sentences: Iterable[str | None]) -> list[str]:
    """Each sentence once, in order."""
    return list(dict.fromkeys(sentence for sentence in sentences if sentence is not None))
