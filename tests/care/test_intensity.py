"""Days on drug, relative dose intensity and gaps: each case a table a clinician could check with a pencil."""

import uuid
from datetime import date, timedelta

import pytest

from backend.care.course import Step, spans
from backend.care.intensity import by_day, figures, holds, reported_gaps
from backend.protocol import dose as doses

FIRST = date(2026, 5, 1)
DAY = timedelta(days=1)
TAKEN, ONE, TWO, MUCH = "as_prescribed", "missed_one_dose", "missed_two_or_more_in_7_days", "took_too_much"


def on(number):
    """The day of treatment with this number; day 1 is the first."""
    return FIRST + (number - 1) * DAY


def course(drug, use, *decisions, start=0):
    """A course: (day of treatment, kind, level) each. Another dose is given instead of the level."""
    ladder = next(one for one in doses.of(drug) if one.id == use)
    named = (given if isinstance(given, doses.Dose) or given is None else ladder.at(given) for _, _, given in decisions)
    steps = [
        Step(uuid.uuid4(), kind, on(day), dose, "Grade 3")
        for (day, kind, _), dose in zip(decisions, named, strict=True)
    ]
    return ladder, spans(started_on=FIRST, dose=ladder.at(start) or ladder.start, usual=ladder.schedule, steps=steps)


def figures_of(drug, use, *decisions, until, answers=(), start=0):
    ladder, played = course(drug, use, *decisions, start=start)
    days = by_day(spans=played, use=ladder, until=on(until))
    return figures(days, {on(day): answer for day, answer in dict(answers).items()})


SORAFENIB = ("sorafenib", "us_liver_kidney")
REGORAFENIB = ("regorafenib", "usual")


@pytest.mark.parametrize(
    ("drug", "decisions", "until", "mg", "planned"),
    [
        # 20 days of 800 mg.
        (SORAFENIB, [], 20, 16_000, 16_000),
        # 10 days of 800 mg, 10 of 400.
        (SORAFENIB, [(11, "reduction", -1)], 20, 12_000, 16_000),
        # 10 days of 800 mg, 4 on hold, 6 of 400.
        (SORAFENIB, [(11, "hold", None), (15, "resumption", -1)], 20, 10_400, 16_000),
        # 7 days of 800 mg, 7 of 400, 6 of 200.
        (SORAFENIB, [(8, "reduction", -1), (15, "reduction", -2)], 20, 9_600, 16_000),
        # A hold that goes on: 5 days of 800 mg, 15 without.
        (SORAFENIB, [(6, "hold", None)], 20, 4_000, 16_000),
        # 21 days of 160 mg of the first 28; the days off count in neither sum.
        (REGORAFENIB, [], 28, 3_360, 3_360),
        # 14 days of 160 mg, then 7 of 120, then a week off.
        (REGORAFENIB, [(15, "reduction", -1)], 28, 3_080, 3_360),
        # On hold in the week off and the first week of the second cycle: 21 of 28 days taken.
        (REGORAFENIB, [(22, "hold", None), (36, "resumption", 0)], 42, 3_360 + 7 * 160, 3_360 + 14 * 160),
        # 50 mg for 28 days, 14 days off, 50 mg for 8 days.
        (("sunitinib", "us_gist_kidney"), [], 50, 36 * 50, 36 * 50),
        # Above the label's start: 10 days of 10 mg, 10 of 14 mg.
        (("axitinib", "usual"), [(11, "increase", 1)], 20, 240, 200),
        # 12 mg for 10 days, then 4 mg every other day: on days 11, 13, 15, 17 and 19.
        (("lenvatinib", "liver_60_kg"), [(11, "reduction", -3)], 20, 140, 240),
        # Stopped from day 11: the days after it are not part of the treatment.
        (SORAFENIB, [(11, "stop", None)], 40, 8_000, 8_000),
    ],
)
def test_relative_dose_intensity_is_what_was_prescribed_over_the_labels_starting_dose(
    drug, decisions, until, mg, planned
):
    found = figures_of(*drug, *decisions, until=until).prescribed
    assert (found.taken_mg, found.planned_mg, found.share) == (mg, planned, pytest.approx(mg / planned))


def test_a_dose_below_the_labels_from_the_first_day_counts_against_the_labels():
    found = figures_of(*SORAFENIB, until=10, start=-1).prescribed
    assert found.share == pytest.approx(0.5)


def test_days_on_drug_are_all_days_but_those_on_hold():
    found = figures_of(*SORAFENIB, (11, "hold", None), (15, "resumption", -1), until=20)
    assert (found.days, found.days_on_hold, found.days_on_drug) == (20, 4, 16)


def test_days_at_a_dose_known_in_words_only_are_in_neither_sum():
    words = doses.Dose(None, "as tolerated", None)
    found = figures_of(*SORAFENIB, (11, "reduction", words), until=20).prescribed
    assert (found.taken_mg, found.planned_mg, found.days, found.days_not_known) == (8_000, 8_000, 10, 10)


def test_a_drug_without_a_ladder_has_no_relative_dose_intensity():
    played = spans(started_on=FIRST, dose=doses.Dose(None, "every 3 weeks", None), usual=doses.EVERY_DAY, steps=[])
    found = figures(by_day(spans=played, use=None, until=on(9)), {})
    assert (found.prescribed.share, found.reported.share, found.days_on_drug) == (None, None, 9)


@pytest.mark.parametrize(
    ("answers", "mg", "planned", "not_known"),
    [
        # 10 days of 800 mg, all answered: all taken.
        (dict.fromkeys(range(1, 11), TAKEN), 8_000, 8_000, 0),
        # One of two tablets' times missed on day 4.
        ({**dict.fromkeys(range(1, 11), TAKEN), 4: ONE}, 7_600, 8_000, 0),
        # Stopped on days 9 and 10.
        ({**dict.fromkeys(range(1, 11), TAKEN), 9: "stopped", 10: "stopped"}, 6_400, 8_000, 0),
        # Days 6 to 10 not answered: neither taken nor missed.
        (dict.fromkeys(range(1, 6), TAKEN), 4_000, 4_000, 5),
        # Two or more missed in a week, or too much: the answer does not say how much that day.
        ({**dict.fromkeys(range(1, 11), TAKEN), 3: TWO, 7: MUCH}, 6_400, 6_400, 2),
        # Thinking of stopping says nothing about that day's tablets.
        ({**dict.fromkeys(range(1, 11), TAKEN), 3: "wants_to_stop"}, 7_200, 7_200, 1),
        ({}, 0, 0, 10),
    ],
)
def test_what_the_patient_reports_counts_only_where_it_says_how_much(answers, mg, planned, not_known):
    found = figures_of(*SORAFENIB, until=10, answers=answers).reported
    assert (found.taken_mg, found.planned_mg, found.days_not_known) == (mg, planned, not_known)


def test_one_missed_dose_of_a_drug_taken_once_a_day_is_the_whole_day():
    found = figures_of(*REGORAFENIB, until=10, answers={**dict.fromkeys(range(1, 11), TAKEN), 4: ONE}).reported
    assert (found.taken_mg, found.planned_mg) == (9 * 160, 1_600)


def test_one_missed_dose_is_not_known_where_the_two_doses_of_a_day_differ():
    answers = {**dict.fromkeys(range(1, 11), TAKEN), 4: ONE}
    found = figures_of("sorafenib", "us_thyroid", until=10, answers=answers, start=-1).reported
    assert (found.taken_mg, found.days_not_known) == (9 * 600, 1)


def test_on_days_off_and_on_hold_nothing_can_be_missed():
    found = figures_of(*REGORAFENIB, until=28, answers=dict.fromkeys(range(1, 22), TAKEN)).reported
    assert (found.taken_mg, found.planned_mg, found.days_not_known) == (3_360, 3_360, 0)


def test_a_hold_is_a_gap_with_its_reason_open_while_it_goes_on():
    _, played = course(*SORAFENIB, (3, "hold", None), (6, "resumption", -1), (9, "hold", None))
    closed, still = holds(played, on(12))
    assert (closed.first, closed.last, closed.days, closed.why) == (on(3), on(5), 3, "Grade 3")
    assert (still.first, still.last, still.days) == (on(9), None, 4)


def gaps_of(answers, until, *decisions):
    ladder, played = course(*SORAFENIB, *decisions)
    days = by_day(spans=played, use=ladder, until=on(until))
    told = reported_gaps(days, {on(day): answer for day, answer in answers.items()})
    return [(gap.kind, gap.first, gap.last, gap.days, gap.unanswered) for gap in told]


def test_days_on_which_the_patient_had_stopped_are_a_gap():
    answers = {**dict.fromkeys(range(1, 5), TAKEN), **dict.fromkeys(range(5, 8), "stopped"), 8: TAKEN}
    assert gaps_of(answers, 9) == [("reported_stop", on(5), on(7), 3, 0)]


def test_a_day_without_an_answer_does_not_end_a_gap_and_is_counted():
    assert gaps_of({5: "stopped", 7: "stopped", 8: TAKEN}, 9) == [("reported_stop", on(5), on(7), 3, 1)]


def test_a_gap_that_nothing_ended_is_open():
    assert gaps_of({5: "stopped"}, 9) == [("reported_stop", on(5), None, 1, 0)]


def test_a_hold_only_the_patient_speaks_of_is_a_gap_of_its_own():
    answers = {5: "held_by_team", 6: "held_by_team", 7: TAKEN}
    assert gaps_of(answers, 9) == [("reported_hold", on(5), on(6), 2, 0)]
    assert gaps_of(answers, 9, (5, "hold", None), (7, "resumption", 0)) == []
