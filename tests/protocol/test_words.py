"""What patients and nurses read: every rule has its words, and no sentence ever orders anything about the drug."""

import re
from typing import Any

import pytest

from backend.protocol import advice, command, explain, load, medicine, texts
from backend.protocol.model import Assessment, Protocol
from tests.protocol.diaries import diaries
from tests.protocol.vectors import cases

SORAFENIB = load.newest("sorafenib")
RULES = [rule.id for rule in SORAFENIB.rules] + ["two_symptoms"]
# Sentences that speak of the medicine and are no order about it: each is here by name, so a new one is a decision.
SPEAKS_OF_THE_DRUG = {
    "Please do not stop or change your dose before you have spoken with us.",
    "Please do not take two doses to make up for it.",
    "Say that you take {drug}, a cancer medicine.",
}
ORDERS = re.compile(
    r"\b(stop|start|restart|hold|skip|pause|raise|lower|double|halve|reduce|increase|continue|resume|take|taking)\b"
    r"[^.?!]{0,40}\b(dose|doses|tablet|tablets|pill|pills|medicine|drug|treatment|sorafenib)\b",
    re.IGNORECASE,
)
NEVER_SAID = re.compile(
    r"noncomplian|non-complian|\bfail|\berror\b|\bsubmit|oops|should have|journey|\bfight|don't worry|well done"
    r"|loperamide|\bmg\b",
    re.IGNORECASE,
)


def judged(case: dict[str, Any]) -> tuple[Protocol, list[Any], dict[str, Any], Assessment]:
    read = command.judge(case)
    return read.protocol, read.days, read.baseline, read.assessment


def everything_judged():
    good = [case for case in cases() if "error" not in case["expect"] and "parameters" not in case]
    yield from map(judged, [*good, *diaries(seed=11, count=1500, broken=False)])


def sentences_of(composed):
    lists = ("because", "paragraphs", "while_you_wait", *advice.MORE)
    return [composed["title"], *(sentence for name in lists for sentence in composed[name])]


def speaking_of_the_drug(sentences, drug="{drug}"):
    """Those sentences in which a verb of taking or changing stands with the medicine."""
    templates = {sentence.replace(drug, "{drug}") for sentence in sentences}
    return {said for said in templates if ORDERS.search(said.replace("{drug}", "sorafenib"))}


def patient_sentences(words):
    """Every sentence a patient can ever read from the text file, filled or not."""
    for one in [*words["urgencies"].values(), *words["advice"].values()]:
        if "title" in one:
            yield one["title"]
        by_answer = [lists for answers in one.get("by_answer", {}).values() for lists in answers.values()]
        for lists in (one, *one.get("by_drug", {}).values(), *by_answer):
            names = ("because", "paragraphs", "while_you_wait", *advice.MORE)
            yield from (sentence for name in names for sentence in lists.get(name, ()))
    yield words["medicine"]["missed_dose_in_the_pack"]
    for topic in medicine.TOPICS:
        yield from words["medicine"][topic].values()


@pytest.mark.parametrize("language", texts.languages())
def test_no_sentence_orders_anything_about_the_drug(language):
    assert speaking_of_the_drug(patient_sentences(texts.of(language))) <= SPEAKS_OF_THE_DRUG


def test_no_composed_advice_orders_anything_about_the_drug():
    for protocol, days, baseline, assessment in everything_judged():
        said = sentences_of(advice.compose(protocol, assessment, days, baseline))
        assert speaking_of_the_drug(said, protocol.drug) <= SPEAKS_OF_THE_DRUG


def test_the_words_we_never_use_are_never_used():
    for sentence in patient_sentences(texts.of("en")):
        assert not NEVER_SAID.search(sentence), sentence


def test_the_emergency_screen_says_call_and_never_speaks_of_tablets():
    seen = 0
    for protocol, days, baseline, assessment in everything_judged():
        if assessment.urgency != "emergency":
            continue
        seen += 1
        composed = advice.compose(protocol, assessment, days, baseline)
        said = " ".join(sentences_of(composed))
        assert composed["title"] == "Call {emergency_number} now."
        assert not re.search(
            r"tablet|\bdose|keep (on )?tak|plan your|as prescribed|stop or change", said, re.IGNORECASE
        )
        spoken = "get immunotherapy, a cancer medicine" if protocol.drug == "immunotherapy" else f"take {protocol.drug}"
        assert f"Say that you {spoken}" in said
        assert "Do not wait for us" in said
    assert seen > 100


@pytest.mark.parametrize(
    ("urgency", "title", "words"),
    [
        ("self_care", "You can look after this today.", "Tell us if it gets worse"),
        (
            "contact_24h",
            "Call your team within 24 hours.",
            "do not stop or change your dose before you have spoken",
        ),
        ("contact_today", "Call your team now.", "may adjust your treatment for a while. That is normal"),
        ("emergency", "Call {emergency_number} now.", "Do not wait for us"),
    ],
)
def test_each_urgency_says_what_it_must(urgency, title, words):
    told = texts.of("en")["urgencies"][urgency]
    assert told["title"] == title
    assert words in " ".join(told["paragraphs"])


def test_every_rule_that_asks_for_contact_tells_the_patient_why():
    for protocol, days, baseline, assessment in everything_judged():
        composed = advice.compose(protocol, assessment, days, baseline)
        if assessment.urgency != "self_care":
            assert composed["because"], [fired.id for fired in assessment.fired]
        for name in advice.CUT_SHORT:
            assert len(composed[name]) <= advice.MOST_SENTENCES
        for sentence in sentences_of(composed):
            left = set(re.findall(r"\{(\w+)\}", sentence))
            assert left <= {"emergency_number"}, sentence
            assert sentence == sentence.strip()
            assert sentence[-1] in ".?"


def test_the_nurse_reads_one_full_line_for_every_fired_rule():
    lines = set()
    for protocol, days, baseline, assessment in everything_judged():
        for fired in assessment.fired:
            line = explain.reason(protocol, fired, days, baseline)
            detail = explain.reason_detail(protocol, fired, days, baseline)
            assert line.endswith("."), fired.id
            assert line[0].isupper()
            assert "{" not in line + detail
            assert detail == "" or detail.endswith(".")
            lines.add(fired.id)
    assert lines == set(RULES)


def test_the_line_for_the_nurse_has_the_numbers():
    case = {
        "days": [{"diarrhea": {"stools": 8, "loose": True}}, {"diarrhea": {"stools": 2}}],
        "baseline": {"stools_per_day": 1},
    }
    protocol, days, baseline, assessment = judged(case)
    assert (
        explain.reason(protocol, assessment.fired[0], days, baseline)
        == "Diarrhea, estimated grade 3: 8 stools, usual 1."
    )
    assert explain.reason_detail(protocol, assessment.fired[0], days, baseline) == "Day before: 2 stools."


def test_the_line_for_the_nurse_says_when_a_sign_was_told_before():
    protocol, days, baseline, assessment = judged(
        {"days": [{"warning_signs": ["fever"]}, None, {"warning_signs": ["fever"]}]}
    )
    assert explain.reason(protocol, assessment.fired[0], days, baseline) == "Fever."
    assert explain.reason_detail(protocol, assessment.fired[0], days, baseline) == "2 days before: reported too."


def test_missed_logs_have_a_line_too():
    assert explain.missed_logs(days=3) == "No log for 3 days."


def test_the_patient_is_told_the_fact_that_made_it():
    case = {"days": [{"diarrhea": {"stools": 8, "loose": True}}], "baseline": {"stools_per_day": 1}}
    protocol, days, baseline, assessment = judged(case)
    composed = advice.compose(protocol, assessment, days, baseline)
    assert composed["title"] == "Call your team now."
    assert composed["because"] == ["You had 8 stools today, 7 more than your usual."]


def test_both_of_two_symptoms_are_told():
    case = {"days": [{"warning_signs": ["fever"], "hand_foot": {"skin_change": "moderate", "pain": "mild"}}]}
    protocol, days, baseline, assessment = judged(case)
    said = " ".join(advice.compose(protocol, assessment, days, baseline)["because"])
    assert "fever" in said


@pytest.mark.parametrize("rule_id", [*RULES, "no_log"])
def test_every_rule_of_every_drug_is_explained_in_one_sentence(rule_id):
    for drug in load.drugs():
        said = explain.explain(load.newest(drug), rule_id)
        assert said.startswith("When ")
        assert said.endswith(".")
        assert "{" not in said
        assert "_" not in said, said
        assert said.count("(") == said.count(")")


def test_an_explanation_has_the_numbers_of_the_rule():
    assert explain.explain(SORAFENIB, "diarrhea_3") == (
        "When the estimated diarrhea grade is 3, the patient is asked to call the team now."
    )
    said = explain.explain(SORAFENIB, "hand_foot_2_persistent")
    assert "on each of the 7 days before" in said
    assert "140 (or this patient's own limit)" in explain.explain(SORAFENIB, "bp_raised_once")


def test_what_keeps_a_rule_from_firing_is_said_with_unless():
    assert explain.explain(SORAFENIB, "fatigue_2") == (
        "When the estimated fatigue grade is 2, unless a nurse reviewed fatigue at most 7 days ago at the same or a "
        "higher grade, the patient is asked to call the team within 24 hours."
    )


def test_what_is_denied_of_one_reading_stays_with_that_reading():
    said = explain.explain(SORAFENIB, "bp_crisis_settled")
    assert "at the last reading ((the top number is at least 140" in said
    assert "unless the top number is at least 180 or the bottom number is at least 110), the patient" in said


def test_every_text_of_a_rule_is_used():
    words = texts.of("en")
    advised = {rule.advice for drug in load.drugs() for rule in load.newest(drug).rules} | {"two_symptoms"}
    assert set(words["advice"]) == advised
    assert set(words["reasons"]) == {*RULES, "no_log"}


def test_sentences_are_short():
    for sentence in patient_sentences(texts.of("en")):
        for part in re.split(r"(?<=[.?!])\s", sentence):
            assert len(part.split()) <= 20, part


def test_no_number_in_a_sentence_is_a_grade_or_a_limit():
    """Numbers that decide live in the protocol; sentences may only say how long to sit still or let a nose bleed."""
    said = " ".join(patient_sentences(texts.of("en"))).replace("within 24 hours", "")
    assert set(re.findall(r"\d+", said)) == {"5", "7", "15"}
