"""Both vector files through the evaluator, and every rule with a case where it fires and one just below."""

import json

import pytest

from backend.protocol import command, load
from tests.protocol.vectors import cases

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_case_is_judged_as_expected(case):
    result = json.loads(next(command.run([json.dumps(case)])))
    expected = case["expect"]
    if "error" in expected:
        assert result["error"]["field"] == expected["error"]
        return
    assert result["error"] is None
    assert result["urgency"] == expected["urgency"], case["why"]
    for version in ("grades_ctcae5", "grades_ctcae6"):
        for symptom, grade in expected.get(version, {}).items():
            assert result[version][symptom] == grade, case["why"]
    assert "fires" not in case or case["fires"] in result["rules"], case["why"]
    assert "spares" not in case or case["spares"] not in result["rules"], case["why"]


def test_every_rule_has_a_case_where_it_fires_and_one_just_below():
    rules = {rule.id for rule in load.newest("sorafenib").rules} | {"two_symptoms"}
    assert rules == {case["fires"] for case in CASES if "fires" in case}
    assert rules == {case["spares"] for case in CASES if "spares" in case}


def test_every_drug_has_the_rules_of_sorafenib():
    wanted = {rule.id for rule in load.newest("sorafenib").rules}
    assert len(load.drugs()) == 8
    for drug in load.drugs():
        assert {rule.id for rule in load.newest(drug).rules} == wanted


def test_every_rule_that_a_sibling_changes_has_its_own_case_where_it_fires_and_one_just_below():
    def meaning(rule):
        return rule.urgency, rule.nurse_due_minutes, rule.tags, rule.when

    sorafenib = load.newest("sorafenib").rule_by_id
    for drug in load.drugs():
        changed = {rule.id for rule in load.newest(drug).rules if meaning(rule) != meaning(sorafenib[rule.id])}
        assert changed <= {case["fires"] for case in CASES if case.get("drug") == drug and "fires" in case}
        assert changed <= {case["spares"] for case in CASES if case.get("drug") == drug and "spares" in case}


def test_case_ids_are_used_once():
    ids = [case["id"] for case in CASES]
    assert len(ids) == len(set(ids))
