"""Check docker-compose.yml against the compose specification, and with docker where it is installed."""

import json
import os
import shutil
import subprocess

import jsonschema
import yaml

from scripts.places import ROOT, stop

COMPOSE = ROOT / "docker-compose.yml"
SCHEMA = ROOT / "deploy" / "compose-spec.json"
SAMPLE = ROOT / "deploy" / "sample.env"


def main() -> None:
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))
    problems = [
        f"{'.'.join(str(step) for step in problem.absolute_path)}: {problem.message}"
        for problem in validator.iter_errors(yaml.safe_load(COMPOSE.read_text()))
    ]
    if problems:
        stop("docker-compose.yml is not what the compose specification allows:\n" + "\n".join(problems))
    _ask_docker()


def _ask_docker() -> None:
    """`docker compose config` also resolves the variables; that needs no engine."""
    docker = shutil.which("docker")
    if not docker or subprocess.run([docker, "compose", "version"], capture_output=True).returncode:
        print("The schema holds. `docker compose config` was not asked: no docker client with compose here.")
        return
    secrets = {"SECRET_KEY": "x" * 50, "DATABASE_PASSWORD": "x"}
    command = [docker, "compose", "--env-file", str(SAMPLE), "config", "--quiet"]
    if subprocess.run(command, cwd=ROOT, env={**os.environ, **secrets}).returncode:
        stop("docker compose does not accept docker-compose.yml; it says why above.")


if __name__ == "__main__":
    main()
