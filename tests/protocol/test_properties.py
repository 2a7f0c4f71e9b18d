"""What must hold for every log: worse never lowers the urgency, unanswered never raises a grade, order says nothing."""

import copy
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from backend.protocol import evaluate, facts, load
from tests.protocol.diaries import Writer

SORAFENIB = load.newest("sorafenib")
URGENCIES = SORAFENIB.urgencies
SIGNS = SORAFENIB.data["facts"]["warning_signs"]["values"]
SKIN = ["none", "minimal", "moderate", "severe"]
PAIN = ["none", "mild", "moderate", "severe"]
LIMITS = ["limits_daily_activities", "limits_self_care"]
ORDERED = ("mouth_sores", "nausea", "appetite", "rash", "rash_symptoms", "headache")
# How a rash feels, said for the first time, can be good news: without the answer a large rash counts as grade 3.
GOOD_NEWS = ("rash_symptoms",)
LOWEST_ORDERED_SYSTOLIC = 90
many = settings(
    max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)

cases = st.integers(min_value=0, max_value=2**32).map(lambda seed: Writer(seed).diary(0, broken=False))


def judged(case: dict[str, Any]) -> Any:
    protocol = load.newest(case["drug"])
    days = [None if day is None else facts.read(protocol, day) for day in case["days"]]
    reviewed = [
        {**one, "symptom": one["symptom"].replace("hypertension", "blood_pressure")} for one in case["reviewed"]
    ]
    return evaluate.evaluate(protocol, days=days, baseline=case["baseline"], reviewed=reviewed)


def rank(case: dict[str, Any]) -> int:
    return URGENCIES.index(judged(case).urgency)


def worse_choice(draw: Any, value: str | None, order: list[str]) -> str:
    """A choice at least as bad. From unanswered, only an answer that tells of something: "none" is good news."""
    start = 1 if value is None else order.index(value)
    return str(draw(st.sampled_from(order[start:])))


def worsen_skin(draw: Any, skin: dict[str, Any]) -> None:
    skin["skin_change"] = worse_choice(draw, skin["skin_change"], SKIN)
    skin["pain"] = worse_choice(draw, skin["pain"], PAIN)
    worsen_limits(draw, skin)


def worsen_limits(draw: Any, group: dict[str, Any]) -> None:
    for name in LIMITS:
        group[name] = draw(st.just(True)) if draw(st.booleans()) else group[name]


@st.composite
def worsened(draw: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A case, and the same with today at least as bad in every answer. Yesterday and before stay as they were.

    "Worse" is: more skin change or pain, a new limit, more stools (never fewer) or loose, tired and not relieved by
    rest, higher pressures from 90 systolic on (below, low pressure is the danger), more warning signs, less weight,
    a higher temperature, and a worse answer to an optional question. The report on taking the medicine has no order
    and is left as it is. Stools are raised, not answered anew: an answer of 1 where nothing was said can be good news.
    """
    case = draw(cases)
    worse = copy.deepcopy(case)
    today = worse["days"][0]
    for name in ("hand_foot", "hands", "feet"):
        if name in today:
            worsen_skin(draw, today[name])
    if "diarrhea" in today:
        diarrhea = today["diarrhea"]
        if diarrhea["stools"] is not None:
            diarrhea["stools"] = draw(st.integers(diarrhea["stools"], 50))
        if draw(st.booleans()):
            diarrhea["loose"] = True
        worsen_limits(draw, diarrhea)
    if "fatigue" in today:
        if draw(st.booleans()):
            today["fatigue"]["present"] = True
        if draw(st.booleans()):
            today["fatigue"]["relieved_by_rest"] = False
        worsen_limits(draw, today["fatigue"])
    for reading in today.get("blood_pressure", []):
        assume(reading["systolic"] >= LOWEST_ORDERED_SYSTOLIC)
        reading["systolic"] = draw(st.integers(reading["systolic"], 260))
        reading["diastolic"] = draw(
            st.integers(reading["diastolic"], max(reading["diastolic"], min(160, reading["systolic"] - 1)))
        )
    if "warning_signs" in today:
        today["warning_signs"] = today["warning_signs"] + draw(st.lists(st.sampled_from(SIGNS), max_size=3))
    if "weight" in today:
        today["weight"] = draw(st.floats(20, today["weight"]))
    if "temperature" in today:
        today["temperature"] = draw(st.floats(today["temperature"], 45))
    for name in ORDERED:
        if name in today or (name not in GOOD_NEWS and draw(st.booleans())):
            today[name] = worse_choice(draw, today.get(name), SORAFENIB.data["facts"][name]["values"])
    return case, worse


@many
@given(worsened())
def test_worse_facts_never_lower_the_urgency(pair):
    case, worse = pair
    assert rank(worse) >= rank(case)


@st.composite
def optional_answers(draw: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A day on which little but the optional questions was answered, and one with worse answers. Nothing masks them."""
    shapes = SORAFENIB.data["facts"]
    today = draw(
        st.fixed_dictionaries(
            {"warning_signs": st.lists(st.sampled_from(["fever", "widespread_blisters", "new_headache"]), max_size=1)},
            optional={
                **{name: st.sampled_from(shapes[name]["values"]) for name in ORDERED},
                "temperature": st.sampled_from([36.6, 37.9, 38, 39, 39.1, 40.1]),
                "blood_pressure": st.sampled_from([[{"systolic": top, "diastolic": 80}] for top in (120, 150, 185)]),
            },
        )
    )
    worse = copy.deepcopy(today)
    for name in ORDERED:
        if name in today:
            worse[name] = worse_choice(draw, today[name], shapes[name]["values"])
    if "temperature" in today:
        worse["temperature"] = draw(st.floats(today["temperature"], 45))
    known = {"drug": draw(st.sampled_from(load.drugs())), "baseline": {}, "reviewed": []}
    return {**known, "days": [today]}, {**known, "days": [worse]}


@many
@given(optional_answers())
def test_worse_optional_answers_alone_never_lower_the_urgency(pair):
    case, worse = pair
    assert rank(worse) >= rank(case)


def order(grade: Any) -> int:
    """Unanswered below everything."""
    return -1 if grade is None else grade


@many
@given(cases, st.randoms(use_true_random=False))
def test_dropping_an_answer_never_raises_a_grade(case, random):
    """An answer is a field of a group, a sign, or a whole group. One of two readings is not an answer of its own:
    the confirmed reading is the lower one, so without it the higher stands (as the rules want)."""
    less = copy.deepcopy(case)
    today = less["days"][0]
    assume(today)
    name = random.choice(list(today))
    if isinstance(today[name], dict):
        today[name][random.choice(list(today[name]))] = None
    elif name == "warning_signs" and today[name]:
        gone = random.choice(today[name])
        today[name] = [sign for sign in today[name] if sign != gone]
    else:
        del today[name]
    before, after = judged(case), judged(less)
    for version in ("grades_ctcae5", "grades_ctcae6"):
        for symptom, grade in getattr(after, version).items():
            was = getattr(before, version).get(symptom)
            if was == "unknown":
                assert grade in ("unknown", None), symptom
            elif grade != "unknown":
                assert order(grade) <= order(was), symptom


@many
@given(cases, st.integers(1, 8))
def test_a_day_without_a_log_never_raises_a_grade_of_today(case, ago):
    less = copy.deepcopy(case)
    assume(ago < len(less["days"]))
    less["days"][ago] = None
    assert judged(less).grades_ctcae5 == judged(case).grades_ctcae5


@many
@given(cases, st.permutations(SIGNS), st.integers(0, 8))
def test_the_order_of_warning_signs_says_nothing(case, signs, count):
    case["days"][0]["warning_signs"] = signs[:count]
    other = copy.deepcopy(case)
    other["days"][0]["warning_signs"] = sorted(signs[:count]) + signs[:count][:1]
    assert judged(case) == judged(other)


@many
@given(cases)
def test_judging_changes_nothing_and_says_the_same_again(case):
    """Evaluators are pure: the same days give the same assessment."""
    before = copy.deepcopy(case)
    assert judged(case) == judged(case)
    assert case == before
