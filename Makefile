# Everything a person does with a checkout. `make help` lists it. Needs Python 3.11 or newer; nothing else by hand.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
venv := $(or $(COTRACE_VENV),.venv)
python := $(venv)/bin/python

.PHONY: help setup setup-test demo test test-full check soak bench lint types contracts messages docs lock clean

help: ## List these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-11s %s\n", $$1, $$2}'

setup: ## Make .venv with the `cotrace` command from the locked files
	@scripts/setup runtime

setup-test: ## The same with everything that tests need, Debian's chromium and postgresql included
	@scripts/setup test
	@scripts/install-debian chromium fonts-liberation postgresql

demo: setup ## Build the synthetic world and serve it on 127.0.0.1:8000
	@$(venv)/bin/cotrace demo

check: test test-full ## What CI runs: lint, types, contracts, every test on both databases

test: setup-test lint types contracts ## Lint, types, contracts, then tests on SQLite and on PostgreSQL (about 10 minutes)
	@scripts/run-tests sqlite
	@scripts/run-tests postgresql

test-full: setup-test ## The long half of the tests, on both databases (about 20 minutes more)
	@scripts/run-tests sqlite full
	@scripts/run-tests postgresql full

soak: setup-test ## What takes longer still: a thousand kills, ten million rows (hours)
	@scripts/run-tests sqlite soak
	@scripts/run-tests postgresql soak

bench: setup-test ## Measure, ratios side by side; docs/benchmarks.md has the figures
	@COTRACE_FSYNC=on scripts/with-postgres $(python) -m benchmarks

lint: setup-test ## Style and defects that ruff finds
	@$(python) -m ruff check .

types: setup-test ## mypy --strict
	@$(python) -m mypy

contracts: setup-test ## Who may import whom
	@$(venv)/bin/lint-imports --config importlinter.ini

messages: setup ## Bring the Spanish catalogs in step with the source, compile them, say what is missing
	@$(python) scripts/messages.py extract
	@$(python) scripts/messages.py compile
	@$(python) scripts/messages.py check

docs: setup ## Write docs/commands.md, settings.md, openapi.json from the code, tests/architecture/hooks.txt too
	@$(python) scripts/write_docs.py

lock: ## Write requirements/*.txt anew from pyproject.toml (UPGRADE=1: newest versions)
	@scripts/lock

clean: ## Remove .venv and caches; keep var/
	@rm -rf .venv .mypy_cache .ruff_cache .import_linter_cache .hypothesis dist
