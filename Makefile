# Nothing is needed but Python >= 3.11 and make; everything is installed into .venv beside this file.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup run init test lint bench fuzz crowd kill pictures venv venv-dev browser

PYTHON ?= python3
export PYTHON
PY := .venv/bin/python
# Unit tests run in as many processes as this; the browser tests in one.
WORKERS ?= 2
# `make run PORT=8600` is short for `TRACKER_PORT=8600 make run`.
ifdef PORT
export TRACKER_PORT := $(PORT)
endif

help:  ## Say what can be made (this list)
	@echo "make run      starts the product; the other commands:"
	@grep -hE '^[a-z]+:.*## ' Makefile | sort | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

run: init  ## Start the product on http://127.0.0.1:8501 (PORT=8600: on another port)
	@$(PY) -m scripts.serve

init: venv  ## Make or upgrade the database and load the founding data
	@$(PY) cli.py init

setup: venv-dev browser  ## Install all that running and testing need

test: lint browser  ## Check the source and run all tests
	$(PY) -m pytest -q -n $(WORKERS) -m "not browser"
	$(PY) -m pytest -q -rs -m browser

lint: venv-dev  ## Check style, types and who imports whom
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -c "from importlinter.cli import lint_imports_command as c; c(['--no-logo'])"

bench: venv-dev init  ## Measure how fast targets are judged and found, how often the outlook came true, how long reports take (SETS="folder folder": labelled sets)
	$(PY) -m bench.assessment
	$(PY) -m bench.extraction $(SETS)
	$(PY) -m bench.outlook
	$(PY) -m bench.reports

fuzz: venv-dev  ## Hurt policies in every way and see that nothing breaks (SECONDS=600: longer)
	$(PY) -m tests.fuzz $(or $(SECONDS),60)

crowd: venv-dev  ## Let 200 clerks save at once, on both databases and in several processes, and 50 on the screen
	$(PY) -m tests.at_once --database postgresql
	$(PY) -m tests.at_once --database sqlite
	$(PY) -m tests.at_once --database sqlite --processes 4
	$(PY) -m tests.sessions

kill: venv-dev  ## Kill a server 50 times while zones save and hand in, and see that all that was acknowledged is there
	$(PY) -m tests.killed --database sqlite
	$(PY) -m tests.killed --database postgresql

pictures: browser  ## Make the pictures of the README anew
	$(PY) -m scripts.pictures

venv:
	@sh scripts/venv.sh run

venv-dev:
	@sh scripts/venv.sh dev

browser: venv-dev
	@$(PY) -m scripts.browser --install
