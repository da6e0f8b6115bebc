# The only door: `make help` lists it. Each target installs what it needs and skips what is done.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header
CODE := app.py data_access charts reports ui pages

.PHONY: help run test test-services check fix bench docs pictures lock sbom fuzz
help:
	@echo "make run [PORT=8501] | test | test-services | check | fix | bench | docs | pictures | lock | sbom | fuzz"

# Only what is fixed by its hash is installed; `make lock` fixes what requirements*.txt ask for.
$(VENV)/run.done: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed (PYTHON=... make)")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing packages ..."
	@$(PIP) --require-hashes -r requirements.lock
	@touch $@

$(VENV)/dev.done: requirements-dev.lock $(VENV)/run.done
	@$(PIP) --require-hashes -r requirements-dev.lock
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
	step $(BIN)/deptry . ; \
	step $(BIN)/bandit --quiet -ll --configfile pyproject.toml --recursive $(CODE); \
	step $(BIN)/python -m tests.tools.known_faults; \
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

# After every change of requirements*.txt (also after a merge that brings one). uv alone comes by its version: it makes the hashes.
# To take newer versions of what nobody named: make lock UPGRADE=--upgrade
lock:
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) $$(grep '^uv==' requirements-dev.txt)
	@$(LOCK) $(UPGRADE) -o requirements.lock requirements.txt
	@$(LOCK) $(UPGRADE) -c requirements.lock -o requirements-dev.lock requirements-dev.txt
	@echo "requirements.lock: $$(grep -c == requirements.lock) packages, requirements-dev.lock: $$(grep -c == requirements-dev.lock)"

# The bill of materials of what runs (CycloneDX, JSON).
sbom: $(VENV)/dev.done
	@mkdir -p build
	@$(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --mc-type application \
		--output-reproducible --output-format JSON --output-file build/sbom.cdx.json
	@echo build/sbom.cdx.json

# The tests of tests/fuzz for long, printing how much was tried.
fuzz: $(VENV)/dev.done
	FUZZ=long $(BIN)/python -m pytest tests/fuzz -s --timeout=0
