"""What a label says about the dose: every drug we judge has one, every row says where it was read."""

import pytest

from backend.protocol import label, load
from tests.conftest import client_of

DRUGS = sorted(label.drugs())


def test_every_drug_taken_at_home_has_a_label():
    at_home = {drug for drug in load.drugs() if load.newest(drug).data.get("taken_at_home", True)}
    assert at_home - {"immunotherapy"} <= label.drugs()


@pytest.mark.parametrize("drug", DRUGS)
def test_every_row_has_grades_a_sentence_and_a_source_and_speaks_of_a_graded_symptom(drug):
    found = label.of(drug)
    assert found is not None
    assert found.drug == drug
    assert {row.symptom for row in found.rows} == {"hand_foot", "blood_pressure", "diarrhea"}
    for row in found.rows:
        assert row.says.endswith(".")
        assert row.source
        assert set(row.grades) <= {1, 2, 3, 4}
        assert row.grades
    assert all(len(one.levels) > 1 and one.source for one in found.dose_levels)


@pytest.mark.parametrize("drug", DRUGS)
def test_what_was_not_found_is_not_called_verified(drug):
    found = label.of(drug)
    assert found is not None
    assert not [row for row in found.rows if row.source == "not found" and row.verified]
    assert not [row for row in found.dose_levels if row.source == "not found" and row.verified]


def test_sorafenib_hand_foot_grade_2_goes_by_the_occurrence():
    found = label.of("sorafenib")
    assert found is not None
    rows = [row for row in found.rows if row.symptom == "hand_foot" and 2 in row.grades and row.verified]
    assert [row.occurrence for row in rows] == [
        "first time", "no better after 7 days, or second or third time", "fourth time",
    ]  # fmt: skip
    assert rows[-1].says == "Stop for good."


@pytest.mark.django_db
def test_a_drug_without_a_label_is_not_found(joan):
    assert client_of(joan).get("/api/v1/labels/aspirin").status_code == 404
    assert client_of(joan).get("/api/v1/labels/..%2Fdrugs%2Fsorafenib").status_code == 404
