# `make` builds the report into dist/; `make test` runs everything; `make check` is what to run before a commit.
# Both bring what is missing: system packages where they may (tools/system-packages), Python packages into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: all build test check format benchmark clean

all: build

build: $(VENV)/.build
	$(BIN)/book build

test: $(VENV)/.test tests/engines/node_modules/.installed
	$(BIN)/python -m pytest -n auto --dist loadscope --no-loadscope-reorder

check: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/.test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

benchmark: $(VENV)/.test
	$(BIN)/python benchmarks/run.py

clean:
	rm -rf dist $(VENV) tests/engines/node_modules

$(BIN)/python:
	sh tools/system-packages build
	$(PYTHON) -m venv $(VENV)

$(VENV)/.build: pyproject.toml constraints.txt | $(BIN)/python
	sh tools/system-packages build
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	touch $@

$(VENV)/.test: $(VENV)/.build
	sh tools/system-packages test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	touch $@

tests/engines/node_modules/.installed: tests/engines/package.json tests/engines/package-lock.json $(VENV)/.test
	cd tests/engines && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error
	touch $@
