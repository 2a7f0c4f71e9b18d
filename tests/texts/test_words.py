"""Each language says the same things, in our voice; what the checks of the lint would find is shown to them."""

import re

import pytest

from backend.protocol import advice, check_rules, command, load, texts
from scripts import words
from scripts.texts import LANGUAGES, for_patients, mails, protocol, screens
from tests.protocol.diaries import diaries
from tests.protocol.vectors import cases

TRANSLATED = LANGUAGES[1:]
ENGLISH = {"today.log": "Log today", "rail.sent": "Sent at {time}.", "word.no": "No"}
SPANISH = {"today.log": "Registrar hoy", "rail.sent": "Enviado a las {time}.", "word.no": "No"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Sentences that speak of the medicine and are no order about it: each is here by name, so a new one is a decision.
ABOUT_THE_DRUG = {
    "es": {
        "Por favor, no deje el medicamento ni cambie la dosis antes de hablar con nosotros.",
        "Por favor, no tome dos dosis para compensar.",
    },
    "zh-Hans": {"在和我们谈过之前，请不要停药，也不要改变药量。"},
}
ORDERS = {
    "es": r"\b(deje|suspenda|empiece|siga|continúe|reanude|salte|omita|baje|suba|reduzca|aumente|duplique|tome)\b"
    r"[^.?!]{0,40}\b(dosis|pastillas?|medicamento|tratamiento|\{drug\})",
    "zh-Hans": r"(停止|停药|停用|开始|继续|恢复|跳过|减少|增加|加倍|暂停|服用|改变)[^。？！]{0,15}(药|剂量|\{drug\})"
    r"|请停药|不要停药",
}
ON_THE_EMERGENCY_SCREEN = {"es": r"pastilla|\bdosis|siga", "zh-Hans": r"药片|剂量|继续|药量"}
# A Chinese sentence that only reports, asks or explains is none of these orders.
REPORTS = re.compile(r"^您|怎么办|可能|常常|谢谢|原因|[?？]")


def composed(language):
    """What the server answers, in one language, for every worked case and many random days."""
    good = [case for case in cases() if "error" not in case["expect"] and "parameters" not in case]
    for case in [*good, *diaries(seed=7, count=400, broken=False)]:
        read = command.judge(case)
        yield advice.compose(read.protocol, read.assessment, read.days, read.baseline, language=language)


THAT_DAY = {"en": ("that day", "today"), "es": ("ese día", "hoy"), "zh-Hans": ("那天", "今天")}
YESTERDAY = {"en": "yesterday", "es": "ayer", "zh-Hans": "昨天"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_happened_on_a_day_that_is_over_is_said_of_that_day(language):
    good = [case for case in cases() if "error" not in case["expect"] and "parameters" not in case]
    that_day, today = THAT_DAY[language]
    calls_for_a_call = texts.of(language)["advice"]["two_symptoms"]["because"]
    about_stools = 0
    for case in [*good, *diaries(seed=7, count=400, broken=False)]:
        read = command.judge(case)
        told = advice.compose(read.protocol, read.assessment, read.days, read.baseline, language=language, past=True)
        facts = [sentence for sentence in told["because"] if sentence not in calls_for_a_call]
        needs_a_look = [one for one in facts if "{" not in one and today in one.lower() and that_day not in one.lower()]
        assert not [one for one in needs_a_look if re.search(r"\d", one)], needs_a_look
        assert YESTERDAY[language] not in " ".join(facts).lower()
        about_stools += any(that_day in one.lower() for one in facts)
        assert today not in told["title"].lower() or told["urgency"] != "self_care"
    assert about_stools > 10


def sentences(told):
    lists = [value for value in told.values() if isinstance(value, list)]
    return [told["title"], *(sentence for listed in lists for sentence in listed)]


def test_nothing_is_missing_untranslated_or_out_of_our_voice():
    assert list(words.every_problem()) == []


@pytest.mark.parametrize(
    ("spoiled", "said"),
    [
        ({"today.log": None}, '"today.log" is missing. Translate "Log today".'),
        ({"old.key": "Antes"}, '"old.key" is not in English any more. Take it out.'),
        ({"rail.sent": "Enviado."}, "\"rail.sent\" has the places [], and English has ['{time}']. Use the same."),
        ({"today.log": "Log today"}, '"today.log" is not translated: "Log today".'),
    ],
)
def test_a_spoiled_translation_is_told_with_its_key_and_what_to_do(spoiled, said):
    spanish = {key: value for key, value in (SPANISH | spoiled).items() if value is not None}
    assert list(words.between(ENGLISH, spanish, "es")) == [said]


def test_a_chinese_text_left_in_english_is_found_also_when_somebody_has_touched_it():
    chinese = {"today.log": "Log today!", "rail.sent": "{time} 已发送。", "word.no": "否"}
    assert list(words.between(ENGLISH, chinese, "zh-Hans")) == ['"today.log" is not translated: "Log today!".']


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Sending failed."),
        ("en", "Don’t worry."),
        ("en", "You should have logged."),
        ("es", "El envío falló."),
        ("es", "Llama a tu equipo."),
        ("zh-Hans", "发送失败"),
        ("zh-Hans", "你的记录"),
    ],
)
def test_words_that_blame_frighten_or_are_too_familiar_are_found(language, said):
    assert list(words.voice(language, {"some.key": said}))


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("drug", load.drugs())
def test_every_rule_has_its_words_in_each_language(drug, language):
    assert list(check_rules.problems(load.newest(drug).data, texts.of(language))) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_phone_gets_its_protocol_in_the_patients_language(language):
    document = load.wire(load.newest("sorafenib"), language)
    assert document["language"] == document["texts"]["language"] == language


def test_a_language_nobody_has_written_yet_is_answered_in_english():
    assert load.wire(load.newest("sorafenib"), "tlh")["language"] == "en"


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_advice_is_whole_sentences_of_that_language(language):
    english = {said for place, said in protocol("en").items() if for_patients(place)}
    own = {said for place, said in protocol(language).items() if for_patients(place)}
    for told in composed(language):
        for sentence in sentences(told):
            assert set(re.findall(r"\{(\w+)\}", sentence)) <= {"emergency_number"}, sentence
            assert sentence in own or sentence not in english, sentence
            assert sentence[-1] in ".?。？", sentence
            assert (CHINESE.search(sentence) is not None) == (language == "zh-Hans"), sentence


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_orders_anything_about_the_drug(language):
    said = {text for place, text in protocol(language).items() if for_patients(place)} | set(screens(language).values())
    parts = {part.strip() for text in said for part in re.split(r"(?<=[.。！!])\s*", text) if part.strip()}
    found = {part for part in parts if re.search(ORDERS[language], part, re.IGNORECASE) and not REPORTS.search(part)}
    assert found <= ABOUT_THE_DRUG[language]


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_emergency_screen_never_speaks_of_tablets(language):
    emergencies = [told for told in composed(language) if told["urgency"] == "emergency"]
    assert len(emergencies) > 20
    for told in emergencies:
        assert "{emergency_number}" in told["title"]
        assert not re.search(ON_THE_EMERGENCY_SCREEN[language], " ".join(sentences(told)), re.IGNORECASE)


PROMISES = {
    "en": r"\b(nurse|doctor|team|\{nurse\})\b[^.?!]{0,20}\b(calls|looks|sees|reads|checks|will)\b",
    "es": r"(enfermera|médico|equipo|\{nurse\})\b[^.?!]{0,20}\b(devuelve|llama|ve|mira|busca|revisa|lee)\b",
    "zh-Hans": r"(护士|医生|团队|\{nurse\})[^。？！]{0,8}(?<!可能)(?<!可能就)会"
    r"[^。？！]{0,12}(看|打电话|回电话|查|核对)",
}
AFTER_A_CONTACT = "next_steps."
"""A nurse has chosen this sentence after she was reached: it is her own promise."""
BEFORE_IT_IS_SENT = ("stopping.next", "emergency.when_signal", "waits.title_known", "waits.told")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_advice_promises_a_look_or_a_call_before_anybody_was_asked(language):
    """Advice is composed on the phone and read before its log is sent: who looks by when is said once it is there."""
    said = {
        place: words
        for place, words in protocol(language).items()
        if for_patients(place) and not place.startswith(AFTER_A_CONTACT)
    }
    said |= {key: screens(language)[key] for key in BEFORE_IT_IS_SENT}
    found = {place: words for place, words in said.items() if re.search(PROMISES[language], words, re.IGNORECASE)}
    assert found == {}


def test_signs_are_joined_without_a_clash_of_vowels_in_spanish():
    """ "y" becomes "e" before a word that sounds like i: no sign begins so."""
    for place, said in protocol("es").items():
        if place.startswith("signs."):
            assert not re.match(r"(i|hi)(?!e)", said, re.IGNORECASE), said


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_mail_to_a_patient_is_in_each_language_and_says_nothing_of_health(language):
    health = {
        "es": r"diarrea|mano|\bpies?\b|piel|presión|cansancio|pastilla|dosis|cáncer|dolor|medicamento|síntoma"
        r"|tratamiento",
        "zh-Hans": r"腹泻|大便|手|脚|皮肤|血压|疲倦|药|剂量|癌|痛|症状|治疗",
    }
    ours = mails(language)
    assert set(ours) == set(words.to_patients(mails("en")))
    for name, text in ours.items():
        assert not re.search(health[language], text, re.IGNORECASE), name
        assert set(re.findall(r"\$\w+", text)) <= {"$link", "$line", "$emergency_number", "$site", "$hours"}
        assert "$link" in text
