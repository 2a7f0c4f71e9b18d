"""The ladders of doses: every drug taken at home has one, in order, and each says where it was read."""

import pytest

from backend.care.course import average_mg
from backend.protocol import dose, label, load

DRUGS = sorted(dose.drugs())


def test_every_drug_with_a_label_has_its_doses():
    assert dose.drugs() == label.drugs()
    assert set(load.drugs()) - {"immunotherapy"} <= dose.drugs()


@pytest.mark.parametrize("drug", DRUGS)
def test_a_ladder_begins_at_the_labels_starting_dose_and_goes_down_step_by_step(drug):
    for use in dose.of(drug):
        levels = [one.level for one in use.levels if one.level is not None]
        assert 0 in levels
        assert levels == list(range(levels[0], levels[-1] - 1, -1))
        amounts = [average_mg(one, use.schedule) or 0 for one in use.levels]
        assert all(amounts[i] > amounts[i + 1] for i in range(len(amounts) - 1))


@pytest.mark.parametrize("drug", DRUGS)
def test_the_doses_of_a_day_sum_up(drug):
    for one in (one for use in dose.of(drug) for one in use.levels):
        assert not one.intakes_mg or sum(one.intakes_mg) == one.mg_a_day


@pytest.mark.parametrize("drug", DRUGS)
def test_each_ladder_says_where_it_was_read(drug):
    assert all(use.source and use.words for use in dose.of(drug))
    assert len({use.id for use in dose.of(drug)}) == len(dose.of(drug))


@pytest.mark.parametrize("drug", DRUGS)
def test_what_the_label_file_calls_not_verified_is_not_verified_here(drug):
    found = label.of(drug)
    assert found is not None
    doubtful = {one.source for one in found.dose_levels if not one.verified}
    assert not [use for use in dose.of(drug) if use.verified and use.source in doubtful]


def test_regorafenib_is_taken_three_weeks_of_four():
    schedule = dose.of("regorafenib")[0].schedule
    assert [schedule.is_on(day) for day in (0, 20, 21, 27, 28)] == [True, True, False, False, True]
