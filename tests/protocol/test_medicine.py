"""What the leaflets say about a missed dose and food: every row with its source, nothing unverified, by region."""

import json
from typing import Any

import pytest

from backend.protocol import advice, command, load, medicine, texts, wording

DRUGS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(medicine.FOLDER.glob("*.json"))}
ROWS = [
    pytest.param(drug, topic, region, row, id=f"{drug}-{topic}-{region}")
    for drug, leaflets in DRUGS.items()
    for topic, by_region in leaflets["topics"].items()
    for region, row in by_region.items()
]


def advised(region, *, drug="sorafenib", day=None):
    case = {"drug": drug, "days": [day or {"adherence": "missed_one_dose"}], "region": region}
    read = command.judge(case)
    return advice.compose(read.protocol, read.assessment, read.days, read.baseline, region=region)


def test_every_drug_taken_by_mouth_has_both_topics_in_both_regions():
    by_mouth = {drug for drug in load.drugs() if load.newest(drug).data.get("route", "by_mouth") == "by_mouth"}
    assert set(DRUGS) == by_mouth
    for drug, leaflets in DRUGS.items():
        assert leaflets["drug"] == drug
        assert {topic: set(rows) for topic, rows in leaflets["topics"].items()} == {
            topic: {"US", "EU"} for topic in medicine.TOPICS
        }


@pytest.mark.parametrize(("drug", "topic", "region", "row"), ROWS)
def test_every_row_names_its_source_and_can_be_said(drug, topic, region, row):
    assert set(row) - {"numbers"} == {"says", "verified", "level", "source"}
    assert row["level"] in ("V", "V2", "M")
    assert row["verified"] == (row["level"] != "M")
    assert len(row["source"]) > 10
    for language in texts.languages():
        said = medicine.about(drug, region, language)[topic]
        assert len(said) == len(row["says"])
        assert not any("{" in sentence for sentence in said)
    named = {
        name for key in row["says"] for name in wording.PLACEHOLDER.findall(texts.of("en")["medicine"][topic][key])
    }
    assert named - {"drug"} == set(row.get("numbers", {}))


def test_every_sentence_is_said_by_some_leaflet():
    for topic in medicine.TOPICS:
        rows: list[Any] = [param.values for param in ROWS]
        said = {key for _, one, _, row in rows if one == topic for key in row["says"]}
        assert said == set(texts.of("en")["medicine"][topic])


@pytest.mark.parametrize(
    ("drug", "region", "words"),
    [
        ("sorafenib", "US", "a missed dose of sorafenib is left out"),
        ("sorafenib", "EU", "a late dose of sorafenib can be taken when you remember"),
        ("regorafenib", "US", "can be taken on the same day"),
        ("lenvatinib", "US", "up to 12 hours late"),
        ("lenvatinib", "EU", "if the next one is 12 hours or more away"),
        ("pazopanib", "US", "is left out if the next one is less than 12 hours away"),
        ("pazopanib", "EU", "a missed dose of pazopanib is left out"),
        ("axitinib", "US", "a missed or vomited dose of axitinib is not made up for"),
        ("sunitinib", "US", "up to 12 hours late"),
        ("sunitinib", "EU", "gives no rule for a late dose. Ask us."),
        ("cabozantinib", "US", "is left out if the next one is less than 12 hours away"),
        ("cabozantinib", "EU", "if the next one is 12 hours or more away"),
    ],
)
def test_who_missed_one_dose_reads_what_the_leaflet_of_their_region_says(drug, region, words):
    assert words in advised(region, drug=drug)["while_you_wait"][0]


@pytest.mark.parametrize("region", [None, "", "JP", "toString"])
def test_without_a_known_region_the_leaflet_in_the_pack_is_named(region):
    general = "The leaflet in your pack says what to do about one missed dose of sorafenib. Not sure? Call us."
    assert advised(region)["while_you_wait"][0] == general
    assert medicine.about("sorafenib", region) == {"missed_dose": [], "food": []}


def test_a_row_that_is_not_verified_is_never_shown(tmp_path, monkeypatch):
    row = {"says": ["any"], "level": "M", "source": "from memory", "verified": False}
    (tmp_path / "newdrug.json").write_text(json.dumps({"drug": "newdrug", "topics": {"food": {"US": row}}}))
    monkeypatch.setattr(medicine, "FOLDER", tmp_path)
    assert medicine.rows("newdrug") == {}
    assert medicine.about("newdrug", "US")["food"] == []


def test_food_is_spoken_of_when_the_stomach_is_upset_and_the_leaflet_is_known():
    upset = {"nausea": "eats_as_usual"}
    told = "The leaflet says: sorafenib goes on an empty stomach, 1 hour or more before a meal or 2 hours after it."
    assert told in advised("US", day=upset)["while_you_wait"]
    assert not any("leaflet" in tip for tip in advised(None, day=upset)["while_you_wait"])
    assert not any("leaflet" in tip for tip in advised("US", drug="immunotherapy", day=upset)["while_you_wait"])


def test_the_phone_gets_the_rows_of_its_drug_with_the_protocol():
    wire = load.wire(load.newest("lenvatinib"), "en")
    assert wire["medicine"]["EU"]["missed_dose"] == {"says": ["time_left", "no_double"], "numbers": {"hours": 12}}
    assert load.wire(load.newest("immunotherapy"), "en")["medicine"] == {}
