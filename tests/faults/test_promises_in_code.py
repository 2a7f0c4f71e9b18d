"""Promises that can be read off the source, the settings, and what lies in the queue."""

import ast
import base64
import json
import sys

from backend.config.celery import app
from tests.conftest import stools
from tests.faults.process import ROOT

TREES = {path.relative_to(ROOT): ast.parse(path.read_text()) for path in (ROOT / "backend").rglob("*.py")}
NOTE = "Blood in the stool, please do not tell my daughter."


def test_lesson_14_nothing_is_put_off_inside_the_queue():
    """What is due later is a row; Redis would deliver a task with a long delay many times."""
    for path, tree in TREES.items():
        words = {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword)}
        assert not words & {"eta", "countdown"}, path


def test_lesson_25_no_migration_imports_what_will_change():
    for path, tree in TREES.items():
        if path.parent.name == "migrations":
            nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
            names = [getattr(node, "module", None) or node.names[0].name for node in nodes]
            assert not [name for name in names if name.startswith("backend")], path
            assert not [node for node in nodes if getattr(node, "level", 0)], path


def test_lesson_25_an_empty_database_was_migrated_to_the_end(site):
    assert "No planned migration operations" in site.run(sys.executable, "manage.py", "migrate", "--plan")


def test_lesson_24_no_fact_of_a_patient_is_in_redis(site, maria):
    site.accept(maria, {**stools(8), "note": NOTE})
    waiting = [json.loads(message) for message in site.valkey_command("LRANGE", "celery", 0, -1)]
    assert {message["headers"]["task"] for message in waiting} == {"triage.flag_waiting_logs"}
    for message in waiting:
        arguments, by_name, _ = json.loads(base64.b64decode(message["body"]))
        assert (arguments, by_name) == ([], {})
        assert maria.patient not in json.dumps(message)
    assert app.conf.result_backend is None
    names = {name.decode() for name in site.valkey_command("KEYS", "*")}
    own = {name for name in names if not name.startswith("_kombu.")}
    assert own == {"celery", "handhold:nudge:triage.flag_waiting_logs"}
