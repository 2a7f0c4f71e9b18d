"""The phone and the server give the same answer: thousands of random diaries through both evaluators.

Set PROTOCOL_FUZZ_SEED and PROTOCOL_FUZZ_COUNT to try others. The seed of a failure is in its message.
"""

import json
import os
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from backend.protocol import command, load, texts
from backend.protocol.for_phone import for_phone
from tests.protocol.diaries import diaries
from tests.protocol.vectors import cases

FRONTEND = Path(__file__).parents[2] / "frontend"
SEED = int(os.environ.get("PROTOCOL_FUZZ_SEED", "20260101"))
COUNT = int(os.environ.get("PROTOCOL_FUZZ_COUNT", "20000"))
FEWEST_FIRINGS = 5
ODD = [
    '{"id": "a", "days": [{"weight": 1e400}]}',
    '{"id": "b", "days": [{"weight": 70.0}, {"weight": -0.0}]}',
    '{"id": 5, "days": [{}]}',
    '{"id": "c", "days": [{"diarrhea": {"stools": 0e5}}]}',
    '{"id": "d", "days": [{"weight": ' + "9" * 5000 + "}]}",
    '{"id": "e", "days": [{"note": "\\ud83d\\ude00 \\ud83d"}]}',
]
MALFORMED = [
    "{",
    "[]",
    "null",
    "7",
    '"x"',
    '{"days": [NaN]}',
    '{"days": [{"weight": Infinity}]}',
    "{'id': 1}",
    '{"a":1} x',
]


def both(
    lines: list[str], *, words: bool = False, language: str = "en", documents: Path | None = None
) -> tuple[list[dict], list[dict]]:
    """The results of the server's evaluator and of the phone's, for the same lines."""
    given = "".join(line + "\n" for line in lines)
    options = [f"--language={language}", *(["--words"] if words else [])]
    options += [f"--documents={documents}"] if documents else []
    node = subprocess.run(
        ["node", "scripts/evaluate.mjs", "-", *options],
        cwd=FRONTEND,
        input=given,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert node.returncode == 0, node.stderr
    phone = [json.loads(line) for line in node.stdout.splitlines()]
    return [json.loads(line) for line in command.run(lines, words=words, language=language)], phone


def disagreements(lines: list[str], server: list[dict], phone: list[dict]) -> list[str]:
    assert len(server) == len(phone) == len(lines)
    return [
        f"{line[:400]}\n  server {one}\n  phone  {other}"
        for line, one, other in zip(lines, server, phone, strict=True)
        if json.dumps(one) != json.dumps(other)
    ]


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return [json.dumps(case) for case in diaries(seed=SEED, count=COUNT)]


@pytest.fixture(scope="module")
def answers(lines):
    return both(lines)


def test_twins_agree_on_random_diaries(lines, answers):
    found = disagreements(lines, *answers)
    assert not found, f"seed {SEED}: {len(found)} disagreements, the first:\n" + "\n".join(found[:3])


def test_twins_agree_on_the_cases_and_on_lines_that_are_no_case():
    odd = [json.dumps(case) for case in cases()] + MALFORMED + ODD
    assert disagreements(odd, *both(odd)) == []


@pytest.mark.parametrize("language", texts.languages())
def test_twins_say_the_same_words(lines, language):
    some = lines[:3000]
    assert disagreements(some, *both(some, words=True, language=language)) == []


@pytest.mark.parametrize("language", texts.languages())
def test_a_phone_judges_by_what_it_downloads_as_the_server_does(lines, tmp_path, language):
    """Its document lacks the words of refusals and explanations, and nothing that an answer of the protocol needs."""
    documents = {drug: for_phone(load.wire(load.newest(drug), language)) for drug in load.drugs()}
    (tmp_path / "documents.json").write_text(json.dumps(documents), encoding="utf-8")
    some = lines[:2000] + [json.dumps(case) for case in cases()]
    server, phone = both(some, words=True, language=language, documents=tmp_path / "documents.json")
    for result in server + phone:
        result["explained"] = None
        result["error"] = result["error"] and result["error"]["field"]
    assert disagreements(some, server, phone) == []


def test_every_rule_fires_often_and_many_diaries_are_refused(answers):
    """A fuzz that never reaches a rule proves nothing about it."""
    results, _ = answers
    firings = Counter(rule for result in results for rule in result["rules"])
    wanted = {rule.id for rule in load.newest("sorafenib").rules} | {"two_symptoms"}
    assert {rule for rule in wanted if firings[rule] < FEWEST_FIRINGS} == set()
    refused = Counter(result["error"]["field"] for result in results if result["error"])
    places = (
        "drug",
        "baseline",
        "reviewed",
        "days",
        "parameters",
        "hand_foot",
        "diarrhea",
        "blood_pressure",
        "mood",
    )
    assert {place for place in places if not refused[place]} == set()
    assert 0.05 < sum(refused.values()) / len(results) < 0.3


def test_a_file_that_cannot_be_read_ends_badly():
    node = subprocess.run(
        ["node", "scripts/evaluate.mjs", "no-such-file.jsonl"],
        cwd=FRONTEND,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert node.returncode == 1
    assert "no-such-file.jsonl" in node.stderr
