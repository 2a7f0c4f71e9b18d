"""The call guide: every alert has questions, every sign is one of the protocol, and no line speaks of the dose."""

import copy
import json
import re

import pytest

from backend.protocol import call_guide as guides
from backend.protocol import load, texts
from backend.protocol.call_guide_check import CallGuideError

RAW = json.loads(guides.FILE.read_text(encoding="utf-8"))
GUIDE = guides.call_guide()
PROTOCOLS = [load.newest(drug) for drug in load.drugs()] + [load.released("sorafenib", 1)]


def symptoms_of_alerts():
    """What an alert can be about: every symptom with a rule above self-care, and days without a log."""
    found = {rule.symptom for protocol in PROTOCOLS for rule in protocol.rules if rule.urgency != "self_care"}
    return sorted(found | {"no_log"})


def rules_about(symptom):
    return {rule.id for protocol in PROTOCOLS for rule in protocol.rules if rule.symptom == symptom}


@pytest.mark.parametrize("symptom", symptoms_of_alerts())
def test_every_symptom_an_alert_can_have_has_a_guide_of_its_own(symptom):
    assert GUIDE.of(symptom, "").symptoms or GUIDE.of(symptom, "no_rule") is not GUIDE.guides[-1]
    assert len(GUIDE.of(symptom, "").asked) >= 5


def test_a_symptom_nobody_thought_of_gets_the_general_guide():
    assert GUIDE.of("hiccups", "hiccups_3").id == "general"
    assert GUIDE.questions_about("hiccups") == {asked.question.id for asked in GUIDE.guides[-1].asked}


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda one: f"{one.drug} {one.version}")
def test_every_sign_asked_is_a_warning_sign_of_the_protocol(protocol):
    known = protocol.data["facts"]["warning_signs"]["values"]
    assert {one.id for one in GUIDE.questions.values() if one.sign} <= set(known)


def test_every_symptom_and_rule_a_guide_names_is_in_a_protocol():
    known = {name for protocol in PROTOCOLS for name in protocol.symptoms} | {"no_log"}
    for guide in GUIDE.guides:
        assert set(guide.symptoms) <= known
        assert set(guide.rules) <= {rule for symptom in guide.symptoms for rule in rules_about(symptom)}


def test_diarrhea_is_asked_every_sign_that_makes_it_urgent():
    protocol = load.newest("sorafenib")
    urgent = {
        name
        for rule in protocol.rules
        if rule.symptom == "diarrhea" and rule.urgency in ("contact_today", "emergency")
        for kind, name in rule.uses
        if kind == "sign"
    }
    assert urgent <= GUIDE.questions_about("diarrhea")


def test_blood_pressure_is_asked_every_crisis_sign():
    protocol = load.newest("sorafenib")
    assert set(protocol.data["sign_lists"]["blood_pressure_symptom"]) <= GUIDE.questions_about("blood_pressure")


def test_who_thinks_of_stopping_and_who_took_too_much_are_asked_different_things():
    stopping, too_much = GUIDE.of("adherence", "wants_to_stop"), GUIDE.of("adherence", "took_too_much")
    assert [stopping.id, too_much.id] == ["stopping", "took_too_much"]
    assert GUIDE.of("adherence", "missed_doses").id == "missed_doses"


def test_no_question_tells_anybody_to_change_a_dose():
    orders = re.compile(r"\b(stop|start|hold|pause|skip|reduce|lower|raise|increase)\b", re.IGNORECASE)
    for question in GUIDE.questions.values():
        assert not orders.search(" ".join((question.ask, question.yes, question.no)))


def test_every_row_has_a_source():
    assert all(asked.source for guide in GUIDE.guides for asked in guide.asked)


def test_answers_are_said_in_the_order_asked_and_unanswered_is_not_said():
    said = list(GUIDE.said({"dizzy_on_standing": True, "fever": False}))
    assert said == [("fever", False, "no fever"), ("dizzy_on_standing", True, "dizzy on standing")]


def test_an_answer_to_a_question_that_is_gone_is_still_said():
    assert list(GUIDE.said({"hiccups_at_night": True})) == [("hiccups_at_night", True, "hiccups at night: yes")]


def without(part):
    return lambda raw: raw["questions"][-1].pop(part)


def ask(question, source="ours"):
    return lambda raw: raw["guides"][0]["ask"].append({"question": question, "source": source})


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (without("no"), 'question takes_tablets_as_prescribed: "no" is missing. Add "no".'),
        (lambda raw: raw["questions"][0].update(why="x"), 'question chest_pain: "why" is not known here.'),
        (lambda raw: raw["questions"].append(raw["questions"][0]), "question chest_pain: it is there twice."),
        (lambda raw: raw["questions"][0].update(id="hiccups"), "question hiccups: it is no warning sign"),
        (
            lambda raw: raw["questions"][-1].update(id="nosebleed_stopped"),
            "question nosebleed_stopped: it is a warning sign",
        ),
        (lambda raw: raw["questions"][-1].update(worry="maybe"), '"maybe" is not an answer.'),
        (ask("hiccups"), 'guide hand_foot, question 7: "hiccups" is not among the questions.'),
        (ask("fever"), 'guide hand_foot, question 7: "fever" is asked twice.'),
        (ask("cannot_eat", " "), 'guide hand_foot, question 7: "source" is empty.'),
        (lambda raw: raw["guides"][0].update(ask=[]), "guide hand_foot: it asks nothing."),
        (lambda raw: raw["guides"][0].update(symptoms=[]), "guide hand_foot: it names no symptom"),
        (lambda raw: raw["guides"].pop(), "the last guide: there is no general guide."),
        (lambda raw: raw.pop("signature"), 'the whole file: "signature" is missing.'),
    ],
)
def test_a_guide_that_cannot_be_used_says_file_row_and_how_to_mend_it(tmp_path, spoil, complaint):
    raw = copy.deepcopy(RAW)
    spoil(raw)
    path = tmp_path / "call_guide.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(CallGuideError) as refused:
        guides.of_file(path)
    assert str(refused.value).startswith("call_guide.json, ")
    assert complaint in str(refused.value)


def test_a_file_with_a_comma_too_many_says_so(tmp_path):
    path = tmp_path / "call_guide.json"
    path.write_text("{,}", encoding="utf-8")
    with pytest.raises(CallGuideError, match="not JSON"):
        guides.of_file(path)


def test_a_sign_is_named_as_the_protocol_names_it_to_nurses():
    for question in GUIDE.questions.values():
        if question.sign:
            assert question.ask == texts.of("en")["signs"][question.id]["nurse"]
