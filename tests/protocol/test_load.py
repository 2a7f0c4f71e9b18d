"""A protocol file that cannot be used says file, rule, what is wrong and how to mend it."""

import copy
import json
import re

import pytest

from backend.protocol import load, texts
from backend.protocol.load import ProtocolError

WHOLE = json.loads((load.FOLDER / "sorafenib.v1.json").read_text(encoding="utf-8"))


def rule(data, rule_id):
    return next(rule for rule in data["rules"] if rule["id"] == rule_id)


def when(condition):
    return lambda data: rule(data, "diarrhea_3").update(when=condition)


def drop(rule_id, key):
    return lambda data: rule(data, rule_id).pop(key)


BROKEN = {
    "a rule without a source": (drop("diarrhea_3", "source"), "diarrhea_3", '"source" is missing'),
    "an empty source": (lambda d: rule(d, "diarrhea_3").update(source=" "), "diarrhea_3", "a text is empty"),
    "an unknown urgency": (
        lambda d: rule(d, "diarrhea_3").update(urgency="soon"),
        "diarrhea_3",
        "urgency soon is not known",
    ),
    "an unknown symptom": (
        lambda d: rule(d, "diarrhea_3").update(symptom="mood"),
        "diarrhea_3",
        "symptom mood is not known",
    ),
    "advice without a text": (
        lambda d: rule(d, "diarrhea_3").update(advice="rest"),
        "diarrhea_3",
        "no text for the advice rest",
    ),
    "the same id twice": (
        lambda d: d["rules"].append(rule(d, "diarrhea_3")),
        "diarrhea_3",
        "2 rules with this id",
    ),
    "a rule without a nurse's line": (
        lambda d: rule(d, "diarrhea_3").update(id="diarrhea_4"),
        "diarrhea_4",
        "no line for the nurse",
    ),
    "a key that is not known": (
        lambda d: rule(d, "diarrhea_3").update(urgancy="x"),
        "diarrhea_3",
        '"urgancy" is not known here',
    ),
    "a due time that is no duration": (
        lambda d: rule(d, "diarrhea_3").update(nurse_due="4 h"),
        "diarrhea_3",
        "not written as it should be",
    ),
    "an unknown fact": (
        when({"fact": "diarrhea.stool", "at_least": 4}),
        "diarrhea_3",
        "fact diarrhea.stool is not known",
    ),
    "a part of a group": (
        when({"fact": "hands.pain", "at_least": "mild"}),
        "diarrhea_3",
        "fact hands.pain is not known",
    ),
    "an unknown grade": (when({"grade": "rash", "is": 3}), "diarrhea_3", "grade rash is not known"),
    "a grade of 7": (when({"grade": "diarrhea", "is": 7}), "diarrhea_3", "a grade is never 7"),
    "an unknown warning sign": (when({"sign": "hiccups"}), "diarrhea_3", "warning sign hiccups is not known"),
    "an unknown list": (when({"any_sign_of": "bad"}), "diarrhea_3", "list of signs bad is not known"),
    "an unknown condition": (when({"condition": "bad"}), "diarrhea_3", "condition bad is not known"),
    "an unknown parameter": (
        when({"fact": "diarrhea.stools", "at_least": {"parameter": "x"}}),
        "diarrhea_3",
        "parameter x is not known",
    ),
    "a value outside the fact's range": (
        when({"fact": "blood_pressure.systolic", "at_least": 1400}),
        "diarrhea_3",
        "never 1400",
    ),
    "a choice that does not exist": (
        when({"fact": "hand_foot.pain", "at_least": "bad"}),
        "diarrhea_3",
        "cannot be bad",
    ),
    "an order where there is none": (
        when({"fact": "adherence", "at_least": "stopped"}),
        "diarrhea_3",
        "have no order",
    ),
    "a number for yes or no": (when({"fact": "diarrhea.loose", "is": 1}), "diarrhea_3", "yes or no question"),
    "a change without a baseline": (
        when({"change": "temperature", "above": 1}),
        "diarrhea_3",
        "fact with a baseline temperature",
    ),
    "more days than there are": (
        when({"on_days": {"at_least": 3, "from": 1, "to": 2}, "when": {"sign": "fever"}}),
        "diarrhea_3",
        "no 3 days",
    ),
    "a look back too far": (
        when(
            {
                "on_days": {"at_least": 1, "from": 7, "to": 7},
                "when": {"grade": "diarrhea", "is": 1, "days_ago": 1},
            }
        ),
        "diarrhea_3",
        "looks back too far",
    ),
    "a review of what has no grade": (
        when({"reviewed": "weight", "from": 0, "to": 7, "todays_grade": "not_above"}),
        "diarrhea_3",
        "weight",
    ),
    "an operator that does not exist": (
        when({"fact": "diarrhea.stools", "more_than": 3}),
        "diarrhea_3",
        "cannot be read",
    ),
    "two comparisons at once": (
        when({"fact": "diarrhea.stools", "above": 3, "below": 9}),
        "diarrhea_3",
        "cannot be read",
    ),
    "a day eight days back": (
        when({"grade": "diarrhea", "is": 1, "days_ago": 8}),
        "diarrhea_3",
        "cannot be read",
    ),
    "a default out of bounds": (
        lambda d: d["parameters"]["systolic_contact"].update(default=160),
        None,
        "default 160",
    ),
    "a condition that leads back to itself": (
        lambda d: d["conditions"].update(any_diarrhea={"not": {"condition": "any_diarrhea"}}),
        None,
        "any_diarrhea leads back to itself",
    ),
    "a list with an unknown sign": (
        lambda d: d["sign_lists"]["crisis"].append("hiccups"),
        None,
        "warning sign hiccups",
    ),
    "a grading table that looks at yesterday": (
        lambda d: d["grading"]["ctcae5"]["fatigue"].append({"grade": 1, "when": {"grade": "diarrhea", "is": 1}}),
        None,
        "looks at a grade or another day",
    ),
    "a graded symptom without a table": (
        lambda d: d["grading"]["ctcae6"].pop("fatigue"),
        None,
        "do not agree on fatigue",
    ),
    "a symptom without a review window": (
        lambda d: d["review_windows"].pop("fatigue"),
        None,
        "no review window",
    ),
    "an urgency of the combination": (lambda d: d["combination"].update(makes="soon"), None, "urgency soon"),
    "a sign without words": (
        lambda d: d["facts"]["warning_signs"]["values"].append("hiccups"),
        None,
        'no words under "signs"',
    ),
    "a missing part": (lambda d: d.pop("grading"), None, '"grading" is missing'),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_in_plain_words(name, tmp_path):
    breaks, rule_id, words = BROKEN[name]
    data = copy.deepcopy(WHOLE)
    breaks(data)
    path = tmp_path / "sorafenib.v9.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(ProtocolError) as caught:
        load.of_file(path)
    error = caught.value
    assert error.file == "sorafenib.v9.json"
    assert error.rule == rule_id
    assert words in error.wrong
    assert error.mend.endswith(".")
    assert str(error).startswith("sorafenib.v9.json")


def test_a_file_that_is_not_json_names_the_line(tmp_path):
    path = tmp_path / "sorafenib.v9.json"
    path.write_text('{"id": "sorafenib",}', encoding="utf-8")
    with pytest.raises(ProtocolError, match=r"not JSON .*line 1"):
        load.of_file(path)


def test_a_drug_without_a_protocol_names_those_there_are():
    with pytest.raises(ProtocolError, match="Use one of: axitinib"):
        load.newest("aspirin")
    with pytest.raises(ProtocolError, match="does not exist"):
        load.released("sorafenib", version=99)


@pytest.mark.parametrize(
    ("like", "changes", "words"),
    [
        ("sorafenib", {}, 'Write it as "sorafenib.1"'),
        ("sorafenib.1", {"diarrhea_9": {"urgency": "emergency"}}, "a rule that does not exist"),
        ("missing.1", {}, "does not exist"),
        ("sibling.1", {}, "itself like another"),
        ("sorafenib.1", {"diarrhea_3": {"urgency": "soon"}}, "urgency soon is not known"),
        ("sorafenib.1", {"diarrhea_3": {"when": {"sign": "hiccups"}}}, "hiccups"),
    ],
)
def test_a_sibling_file_is_checked_once_composed(like, changes, words, tmp_path):
    (tmp_path / "sorafenib.v1.json").write_text(json.dumps(WHOLE), encoding="utf-8")
    sibling = {"id": "sibling", "version": 1, "drug": "sibling", "like": like, "changes": changes}
    path = tmp_path / "sibling.v1.json"
    path.write_text(json.dumps(sibling), encoding="utf-8")
    with pytest.raises(ProtocolError, match=re.escape(words)):
        load.of_file(path)


def test_a_sibling_differs_from_sorafenib_only_where_it_says_so():
    regorafenib, sorafenib = load.newest("regorafenib"), load.newest("sorafenib")
    differing = [rule.id for rule in regorafenib.rules if rule.when != sorafenib.rule_by_id[rule.id].when]
    assert differing == []
    assert regorafenib.rule_by_id["hand_foot_2"].tags == ("dose_decision",)
    assert regorafenib.drug == "regorafenib"
    assert "like" not in regorafenib.data
    assert "changes" not in regorafenib.data


def test_every_rule_of_every_drug_has_a_source():
    for drug in load.drugs():
        assert all(len(rule.source) > 10 for rule in load.newest(drug).rules)


def test_the_wire_is_the_composed_protocol_with_its_words():
    wire = load.wire(load.newest("cabozantinib"), "en")
    assert wire["protocol"]["drug"] == "cabozantinib"
    assert wire["signature"] is None
    assert wire["texts"] == {name: words for name, words in texts.of("en").items() if name != "corrections"}
    assert wire["language"] == "en"
    assert load.wire(load.newest("sorafenib"), "xx")["language"] == "en"


def test_a_released_protocol_is_read_once():
    assert load.released("sorafenib", 3) is load.newest("sorafenib")


def test_the_first_version_can_still_be_asked():
    """A clinic that has adopted it keeps it until it adopts another."""
    first = load.released("sorafenib", 1)
    assert first.version == 1
    assert "nausea" not in first.data["facts"]
    assert (
        set(first.graded)
        == set(load.newest("sorafenib").graded)
        == {"hand_foot", "hypertension", "diarrhea", "fatigue"}
    )


def test_due_times_and_steps_are_those_of_the_rules():
    sorafenib = load.newest("sorafenib")
    assert dict(sorafenib.nurse_due_minutes) == {
        "self_care": None,
        "contact_24h": 1440,
        "contact_today": 240,
        "emergency": 60,
    }
    assert dict(sorafenib.escalation_minutes) == {
        "self_care": None,
        "contact_24h": 240,
        "contact_today": 60,
        "emergency": 15,
    }
    assert set(sorafenib.review_window_days) == set(sorafenib.symptoms)
