# The only door: make run | test | check | fix | bench | docs | pictures. Each installs what it needs and skips what is done.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help run test test-services check fix bench docs pictures
help:
	@echo "make run [PORT=8501] | test | test-services | check | fix | bench | docs | pictures"

$(VENV)/run.done: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed (PYTHON=... make)")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing packages ..."
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/dev.done: requirements-dev.txt $(VENV)/run.done
	@$(PIP) -r requirements-dev.txt
	@touch $@

# First start: example keys, data and accounts in var/. A shelf that already holds a release is left alone.
# With the example accounts nobody must set a second factor up, unless ASN_SECOND_FACTOR says so.
run: $(VENV)/run.done
	@if [ ! -e var/releases/current ] || [ -e var/demo-unfinished ]; then $(BIN)/python -m data_access demo; \
	elif [ -e var/demo-accounts.txt ]; then echo "Akun contoh: var/demo-accounts.txt"; fi
	@echo "http://127.0.0.1:$(PORT)"
	@if [ -e var/demo-accounts.txt ]; then export ASN_SECOND_FACTOR=$${ASN_SECOND_FACTOR:-off}; fi; \
	exec $(BIN)/streamlit run app.py --server.port $(PORT) --server.headless true

# On both cores; the browser's part afterwards by itself, for a busy machine makes a browser lose clicks.
test: $(VENV)/dev.done
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not benchmark and not services and not browser" --cov --cov-report=
	$(BIN)/python -m pytest -m browser --cov --cov-append --cov-report=term:skip-covered

# Tests against real outside services (PostgreSQL, object storage, proxy); pytest's code 5 means there are none yet.
test-services: $(VENV)/dev.done
	$(BIN)/python -m pytest tests -m services || test $$? -eq 5

# Runs every check, then counts the failures.
check: $(VENV)/dev.done
	@failed=0; \
	step() { echo "== $$*"; "$$@" || failed=$$((failed + 1)); }; \
	step $(BIN)/ruff format --check .; \
	step $(BIN)/ruff check .; \
	step $(BIN)/mypy; \
	step $(BIN)/lint-imports; \
	step $(BIN)/python -m docs.generate --check; \
	step $(BIN)/python -m tests.tools.catalogue check; \
	echo "$$failed checks failed"; test $$failed -eq 0

fix: $(VENV)/dev.done
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python -m tests.tools.catalogue update
	$(BIN)/python -m docs.generate

bench: $(VENV)/dev.done
	$(BIN)/python -m pytest tests/benchmarks -m benchmark -s --no-header --timeout=0

docs: $(VENV)/dev.done
	$(BIN)/python -m docs.generate

# The pictures of the docs, taken anew over the example data by the browser tests.
pictures: $(VENV)/dev.done
	DOCS_PICTURES=1 $(BIN)/python -m pytest tests/browser/test_pictures.py
