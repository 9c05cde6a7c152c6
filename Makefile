# `make demo` and `make test` from a fresh clone need Python 3.11 or newer and make.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
MEMO = examples/laundered-memo/reports
REPORTS = "The Harbour Ledger=$(MEMO)/ledger.txt" "Skyline Business=$(MEMO)/skyline.txt" \
	"Meridian News Agency=$(MEMO)/meridian.txt" "The Capital Tribune=$(MEMO)/tribune.txt"

.PHONY: demo test lint types imports floors train check-train docs clean

demo: $(VENV)/.installed
	$(BIN)/whence brief $(REPORTS) --html demo.html
	@echo; echo "The same as a page, with the lineage drawn and every report's text: demo.html"

test: lint types imports
	$(BIN)/python -m pytest

lint: $(VENV)/.tested
	$(BIN)/ruff check src tests bench train fuzz docs

types: $(VENV)/.tested
	$(BIN)/mypy

imports: $(VENV)/.tested
	$(BIN)/lint-imports

# The figures reached on marked stories; those of ../shared where it is there.
floors: $(VENV)/.tested
	$(BIN)/python bench/check_floors.py

# The tagger of attributions on a corpus of one's own; train/README.md says what MARKED, DEV and UNMARKED hold.
WORK ?= build/attribution
train: $(VENV)/.trainable
	$(BIN)/python train/attribution.py --train $(MARKED) --dev $(DEV) --unmarked $(UNMARKED) --work $(WORK) --out $(WORK)/attribution.npz

# That the training code runs to the end; it needs torch, which the tests do without.
check-train: $(VENV)/.tested $(VENV)/.trainable
	$(BIN)/python -m pytest train/check_train.py

# The README's outputs and picture, as this version gives them.
docs: $(VENV)/.tested
	$(BIN)/python docs/run_blocks.py
	$(BIN)/whence brief $(REPORTS) --html demo.html >/dev/null
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1240,940 \
		--screenshot=docs/pictures/laundered-memo.png file://$(CURDIR)/demo.html 2>/dev/null

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

$(VENV)/.trainable: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[train]'
	touch $@

clean:
	rm -rf $(VENV) dist build demo.html .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
