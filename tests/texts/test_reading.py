"""English is measured as it is read: a page, a screen, a mail; never a single button."""

from scripts import reading

EASY = ["Cool your hands and feet with cool water, and pat them dry.", "Wear soft, loose shoes and cotton socks."]
HARD = [
    "Immediate discontinuation of pharmacological treatment necessitates consultation with your multidisciplinary "
    "oncology department."
]


def test_what_patients_read_is_at_or_below_sixth_grade(capsys):
    assert reading.main() == 0, capsys.readouterr().out


def test_every_advice_screen_and_mail_is_measured():
    names = dict(reading.every_document())
    assert {
        "protocol advice.diarrhea_2",
        "protocol urgencies.contact_24h",
        "screen pressure",
        "mail please_call",
    } <= set(names)
    assert all(len(" ".join(said).split()) >= reading.FEWEST_WORDS for said in names.values())


def test_a_hard_page_is_told_with_its_grade_and_what_to_do():
    [said] = reading.hard({"protocol advice.some": HARD}, {})
    assert said.startswith("protocol advice.some reads at grade ")
    assert "Use shorter words and sentences." in said
    assert list(reading.hard({"protocol advice.some": EASY}, {})) == []


def test_a_long_sentence_is_found_even_on_an_easy_page():
    long = " ".join(["We sit by the sea and eat"] * 4) + "."
    [said] = reading.hard({"screen some": [*EASY, long]}, {})
    assert "has a sentence of 28 words" in said


def test_a_medical_word_is_left_out_only_when_it_is_explained():
    said = {"protocol advice.some": ["Mucositis is common."]}
    assert list(reading.unexplained({"mucositis": "This is called mucositis: "}, said))
    said["protocol advice.other"] = ["This is called mucositis: the skin inside the mouth is sore."]
    assert not list(reading.unexplained({"mucositis": "This is called mucositis: "}, said))
