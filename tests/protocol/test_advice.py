"""What is said to whom: by symptom and grade, by drug, by the answer of the day."""

import pytest

from backend.protocol import advice, command, load, texts

SYMPTOMS = ["mouth_sores", "nausea", "appetite", "rash", "headache"]


def advised(day, *, drug="sorafenib", baseline=None, region="US"):
    read = command.judge({"drug": drug, "days": [day], "baseline": baseline or {}})
    return advice.compose(read.protocol, read.assessment, read.days, read.baseline, region=region)


@pytest.mark.parametrize("symptom", SYMPTOMS)
@pytest.mark.parametrize("grade", [1, 2, 3])
def test_each_optional_symptom_says_at_each_grade_what_it_means_what_helps_and_when_to_call(symptom, grade):
    answers = load.newest("sorafenib").data["facts"][symptom]["values"]
    said = advised({symptom: answers[grade]})
    for name in ("because", "while_you_wait", *advice.MORE):
        assert said[name], name


@pytest.mark.parametrize("symptom", SYMPTOMS)
def test_an_optional_symptom_that_is_not_there_says_nothing(symptom):
    answers = load.newest("sorafenib").data["facts"][symptom]["values"]
    said = advised({symptom: answers[0]})
    assert said["urgency"] == "self_care"
    assert said["because"] == said["when_to_call"] == []


def test_who_asks_for_contact_always_says_when_to_call_sooner():
    """Every advice above self-care and below emergency, in its general form and in that of each drug."""
    for drug in load.drugs():
        for rule in load.newest(drug).rules:
            if rule.urgency in ("contact_24h", "contact_today"):
                words = texts.of("en")["advice"][rule.advice]
                tips = words["while_you_wait"] + words.get("when_to_call", []) + words.get("watch_for", [])
                assert words.get("what_it_means"), rule.advice
                assert tips, rule.advice


def test_an_emergency_has_one_act_and_no_list_of_when_to_call():
    for rule in load.newest("sorafenib").rules:
        if rule.urgency == "emergency":
            assert "when_to_call" not in texts.of("en")["advice"][rule.advice], rule.id


def test_when_to_call_is_never_cut_short():
    day = {name: load.newest("sorafenib").data["facts"][name]["values"][1] for name in SYMPTOMS}
    said = advised(day)
    assert len(said["while_you_wait"]) == advice.MOST_SENTENCES
    assert (
        "Trouble seeing or speaking, confusion, or a weak arm or leg? Call {emergency_number}." in said["when_to_call"]
    )


@pytest.mark.parametrize(
    ("drug", "day", "words"),
    [
        (
            "regorafenib",
            {"hand_foot": {"skin_change": "moderate"}},
            "your doctor may look at the plan already at this stage",
        ),
        ("lenvatinib", {"diarrhea": {"stools": 2}}, "can harm the kidneys"),
        ("axitinib", {"blood_pressure": [{"systolic": 145, "diastolic": 85}]}, "within the first days"),
        ("immunotherapy", {"diarrhea": {"stools": 6}}, "This is called colitis"),
    ],
)
def test_what_it_means_depends_on_the_drug(drug, day, words):
    usual = {"stools_per_day": 1}
    assert words in " ".join(advised(day, drug=drug, baseline=usual)["what_it_means"])
    assert words not in " ".join(advised(day, baseline=usual)["what_it_means"])


def test_a_sentence_that_begins_with_the_drug_begins_with_a_capital():
    said = advised({"blood_pressure": [{"systolic": 145, "diastolic": 85}]})
    assert "Sorafenib can raise blood pressure. You may not feel it. Your team can treat it." in said["what_it_means"]


@pytest.mark.parametrize("adherence", ["wants_to_stop", "stopped"])
@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("side_effects", "side effects can be made easier"),
        ("fear", "afraid"),
        ("cost", "programs that help to pay"),
        ("feeling_well", "feel well because the medicine works"),
        ("other", "Nothing you say is wrong"),
    ],
)
def test_who_thinks_of_stopping_is_told_what_the_team_can_do_about_their_reason(adherence, reason, words):
    assert words in " ".join(advised({"adherence": adherence, "stopping_reason": reason})["what_it_means"])


def test_who_gives_no_reason_is_heard_too():
    assert advised({"adherence": "wants_to_stop"})["what_it_means"][0].startswith("Many people think of stopping")


def test_who_was_told_to_leave_a_dose_out_is_not_told_what_the_leaflet_says():
    said = advised({"adherence": "missed_one_dose", "missed_reason": "told_to"}, region="EU")
    assert said["while_you_wait"] == ["Keep to what your team told you. Not sure? Call us."]


def test_who_has_infusions_reads_nothing_of_doses():
    for day in ({"warning_signs": ["fever"]}, {"diarrhea": {"stools": 8}}, {"warning_signs": ["chest_pain"]}):
        said = advised(day, drug="immunotherapy", baseline={"stools_per_day": 1})
        spoken = " ".join(
            sentence for name in ("paragraphs", "while_you_wait", *advice.MORE) for sentence in said[name]
        )
        assert "dose" not in spoken
        assert "tablet" not in spoken


MEASURED = {"high": (165, 95), "very high": (185, 115), "raised": (150, 92)}
WHY = {
    "en": ("over an hour", "over an hour", "comes back or stays"),
    "es": ("más de una hora", "más de una hora", "vuelve o se queda alta"),
    "zh-Hans": ("超过一小时", "超过一小时", "反复偏高或一直偏高"),
}


@pytest.mark.parametrize("language", texts.languages())
@pytest.mark.parametrize("drug", ["sorafenib", "axitinib", "immunotherapy"])
def test_advice_about_high_pressure_says_why_it_is_measured_again(drug, language):
    """CTCAE v6: grades 3 and 4 last over an hour, grade 2 is recurrent or persistent."""
    for (systolic, diastolic), why in zip(MEASURED.values(), WHY[language], strict=True):
        day = {"blood_pressure": [{"systolic": systolic, "diastolic": diastolic}]}
        read = command.judge({"drug": drug, "days": [day], "baseline": {}})
        said = advice.compose(read.protocol, read.assessment, read.days, read.baseline, language=language)
        assert why in " ".join(said["what_it_means"]), systolic


@pytest.mark.parametrize(
    ("rash", "words"),
    [
        ({"rash": "over_50_percent", "rash_symptoms": "mild"}, "You have a rash on more than half of your body."),
        ({"rash": "under_10_percent", "rash_symptoms": "severe"}, "You have a rash on a small part of your body."),
        ({"rash_symptoms": "severe"}, "You have a rash."),
    ],
)
def test_a_rash_is_said_to_be_as_large_as_it_was_answered(rash, words):
    assert advised(rash)["because"] == [words]


def test_advice_about_weight_speaks_the_unit_of_the_region_or_the_one_asked_for():
    read = command.judge({"drug": "sorafenib", "days": [{"weight": 63}], "baseline": {"weight": 70}})

    def said(region=None, units=None, language="en"):
        given = (read.protocol, read.assessment, read.days, read.baseline, language)
        return advice.compose(*given, region=region, units=units)["because"][0]

    pounds = "You weigh 138.9 lb, 15.4 lb less than your usual."
    assert said() == said("EU") == said("US", "kept") == "You weigh 63 kg, 7 kg less than your usual."
    assert said("US") == said("EU", "other") == pounds
    assert said("US", language="zh-Hans") == "您的体重是 138.9 磅，比平时轻 15.4 磅。"
