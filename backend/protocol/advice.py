"""What the patient is told now: why, what to do, what helps, what it means, what to watch for. Words: `texts/`."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from backend.protocol import medicine, texts, wording
from backend.protocol.day import Case
from backend.protocol.model import Assessment, Facts, Fired, Protocol

MOST_SENTENCES = 4
CUT_SHORT = ("while_you_wait", "what_it_means")
MORE = ("what_it_means", "watch_for", "when_to_call")
"""Lists an advice may have beside its reason and tips. What is dangerous and when to call is never cut short."""


def compose(
    protocol: Protocol,
    assessment: Assessment,
    days: Sequence[Facts | None],
    baseline: Mapping[str, Any] | None = None,
    language: str = "en",
    region: str | None = None,
    past: bool = False,
    units: str | None = None,
) -> dict[str, Any]:
    """The advice screen as data: urgency, title, and lists of sentences (because, paragraphs, while_you_wait, `MORE`).

    `region` ("US", "EU") chooses the drug's own words on missed doses and food; without it the general ones are said.
    `units` are those the patient reads: "kept" (kg) or "other" (lb); without them, those of the region.
    `past`: the day was over when it was logged, so its facts are of "that day"; what to do is of now in any case.
    "{emergency_number}" stays in the sentences; the caller, who knows the clinic, fills it in.
    """
    words = texts.of(language)
    case = Case(protocol, days, baseline or {}, (), {})
    told = _told(protocol, assessment)
    values = wording.values_of(case, 0, words) | medicine.values(protocol.drug, region, language)
    values |= {name: either[past] for name, either in words["days"].items()}
    values |= wording.in_units(case, words, units or ("other" if region == "US" else "kept"))
    urgency = _own(words["urgencies"][assessment.urgency], case, past)
    return {
        "urgency": assessment.urgency,
        "title": wording.fill(urgency["title"], values),
        "because": _once(_because(fired, assessment, case, values, words) for fired in told),
        "paragraphs": _once(wording.fill(paragraph, values) for paragraph in urgency["paragraphs"]),
        **{name: _listed(name, told, case, values, words) for name in ("while_you_wait", *MORE)},
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


def _listed(name: str, told: Iterable[Fired], case: Case, values: wording.Values, words: wording.Texts) -> list[str]:
    """The sentences of one list, of all that the patient hears about; those that lack a fact are left out."""
    each = (_own(words["advice"][fired.advice], case).get(name, ()) for fired in told)
    said = _once(wording.fill(sentence, values) for sentences in each for sentence in sentences)
    return said[:MOST_SENTENCES] if name in CUT_SHORT else said


def _own(lists: Mapping[str, Any], case: Case, past: bool = False) -> Mapping[str, Any]:
    """The lists as they are for this patient: those for the drug, those for a day that is over when it is logged, then
    those for an answer of the day, replace them."""
    day = case.day(0)
    found = {**lists, **lists.get("by_drug", {}).get(case.protocol.drug, {})}
    if past:
        found |= lists.get("past", {})
    for fact, by_answer in lists.get("by_answer", {}).items():
        found |= by_answer.get(day.values.get(fact), {}) if day else {}
    return found


def _once(sentences: Iterable[str | None]) -> list[str]:
    """Each sentence once, in order, beginning with a capital."""
    return list(dict.fromkeys(wording.capital(sentence) for sentence in sentences if sentence is not None))
