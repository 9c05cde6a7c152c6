# `make demo` and `make test` from a fresh clone need Python 3.11 or newer and make.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
STORY ?= examples/laundered-memo

.PHONY: demo test lint types imports check bench train clean

demo: $(VENV)/.installed
	$(BIN)/whence brief $(STORY)/reports/*.txt

test: $(VENV)/.tested lint types imports
	$(BIN)/python -m pytest

lint: $(VENV)/.tested
	$(BIN)/ruff check src tests bench train fuzz

types: $(VENV)/.tested
	$(BIN)/mypy

imports: $(VENV)/.tested
	$(BIN)/lint-imports

$(VENV)/.installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
