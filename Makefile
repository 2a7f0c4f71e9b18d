# Handhold. `make` lists what there is.
PYTHON3 ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,$(shell \
	$(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))) python3)
PYTHON := .venv/bin/python
UV := 0.13.9

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-reset manage test lint format api api-tries pictures bench requirements

help: ## list these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-14s %s\n", $$1, $$2 }'

setup: ## make .venv and build the pages; done by the commands below by themselves
	@$(PYTHON3) -m scripts.setup

demo: setup ## run Handhold with the demonstration clinic (PORT=9000 make demo chooses the port)
	@exec $(PYTHON) -m scripts.demo

demo-reset: setup ## remove the demonstration's data, then run as make demo does
	@exec $(PYTHON) -m scripts.demo reset

manage: setup ## a command beside the running demo: make manage ARGS="token maria@example.org"
	@exec $(PYTHON) manage.py $(ARGS)

test: setup ## every check and test
	@exec $(PYTHON) -m scripts.check all

lint: setup ## every check but the tests
	@exec $(PYTHON) -m scripts.check checks

format: setup ## write all files as the checks want them
	@$(PYTHON) -m ruff format . && $(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m scripts.node npm run --silent format

api: setup ## write docs/openapi.json and the front end's types after a change of the API
	@$(PYTHON) -m scripts.openapi write

api-tries: setup ## try every operation of the API against its description, 20 times as often as make test (OPENAPI_TRIES)
	@OPENAPI_TRIES=$${OPENAPI_TRIES:-20} $(PYTHON) -m pytest tests/api/test_openapi_holds.py

pictures: setup ## every screen of the phone in each language and theme, and of the clinic, into var/pictures (LANGUAGES="es" for some)
	@exec $(PYTHON) -m scripts.pictures $(LANGUAGES)

bench: setup ## measure, and write docs/benchmarks.md (BENCH_LOGS=1000000 make bench, on a small machine)
	@exec $(PYTHON) -m bench

requirements: setup ## compile the requirements.txt files from the short lists beside them
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check uv==$(UV)
	@$(PYTHON) -m scripts.requirements
