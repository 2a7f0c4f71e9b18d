"""What the commands decide: which Node, which port, and that every place runs the same processes."""

import socket
from pathlib import Path

import pytest
import yaml

from scripts import check, compose
from scripts.node import is_new_enough
from scripts.places import fingerprint
from scripts.port import choose_port

ROOT = Path(__file__).resolve().parents[2]
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


@pytest.mark.parametrize("version", ["v20.19.0", "v20.20.2", "v22.12.0", "v24.1.0"])
def test_these_versions_of_node_build_the_pages(version):
    assert is_new_enough(version)


@pytest.mark.parametrize("version", ["", "v18.20.4", "v20.18.1", "v21.7.3", "v22.11.0", "node"])
def test_these_versions_of_node_are_passed_over_for_the_wheel(version):
    assert not is_new_enough(version)


def test_a_port_that_is_taken_is_said_with_the_way_to_choose_another(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        with pytest.raises(SystemExit, match="PORT=9000 make demo"):
            choose_port()


@pytest.mark.parametrize("text", ["http", "0", "65536", "-1"])
def test_what_is_no_port_is_refused(monkeypatch, text):
    monkeypatch.setenv("PORT", text)
    with pytest.raises(SystemExit, match="not a port"):
        choose_port()


@pytest.mark.parametrize("process", ["web", "worker", "beat"])
def test_compose_runs_the_very_commands_of_make_demo(process):
    assert SERVICES[process]["command"] == ["scripts/run", process]
    assert f"\n  {process})\n" in (ROOT / "scripts" / "run").read_text()


def test_compose_does_not_start_without_a_secret_key():
    assert SERVICES["web"]["environment"]["SECRET_KEY"].startswith("${SECRET_KEY:?")


def test_a_compose_file_that_breaks_the_specification_is_refused(monkeypatch, tmp_path):
    broken = tmp_path / "docker-compose.yml"
    broken.write_text("services: {web: {image: x, comand: y}}")
    monkeypatch.setattr(compose, "COMPOSE", broken)
    with pytest.raises(SystemExit, match="comand"):
        compose.main()


def test_a_changed_or_renamed_file_changes_the_fingerprint():
    one, other = ROOT / "Makefile", ROOT / "LICENSE"
    assert fingerprint("3.11", files=[one]) == fingerprint("3.11", files=[one])
    assert fingerprint("3.11", files=[one]) != fingerprint("3.11", files=[other])
    assert fingerprint("3.11", files=[one]) != fingerprint("3.12", files=[one])


def test_a_skipped_test_fails_the_run(tmp_path):
    report, tally = tmp_path / "pytest.xml", check.Tally()
    report.write_text('<t><testcase name="a"/><testcase name="b"><skipped/></testcase></t>')
    assert check._count(report, "pytest", 0, tally) == "2 pytest tests"
    assert (tally.passed, tally.failed) == (1, ["pytest:  b (skipped)"])


def test_a_runner_that_ran_nothing_fails_the_run(tmp_path):
    tally = check.Tally()
    check._count(tmp_path / "missing.xml", "Vitest", 0, tally)
    assert tally.failed == ["Vitest ran no test"]


def test_a_runner_that_fails_without_a_failed_test_fails_the_run(tmp_path):
    report, tally = tmp_path / "vitest.xml", check.Tally()
    report.write_text('<t><testcase name="a"/></t>')
    check._count(report, "Vitest", 1, tally)
    assert tally.failed == ["Vitest ended with 1 though every test passed"]
