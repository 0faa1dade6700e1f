# Weerbeeld with Python 3.11 or newer and make. 'make help' lists what there is.

PYTHON ?= python3
WEERBEELD_HOME ?= $(CURDIR)/var
export WEERBEELD_HOME

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
WEERBEELD := $(BIN)/weerbeeld
RECORDS := $(WEERBEELD_HOME)/work/records
LOADING := $(WEERBEELD_HOME)/demo-is-loading

# 'make tests ROOM=release' runs the tests of one room but for its long ones; LONG=yes those too.
ROOM ?=
LONG ?=
BENCHMARKS ?=
RECORD ?=

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help run demo neighbourhoods build serve test lint types order examples tests covered test-postgresql audit install lock clean fuzz kills attacks browse bench bench-quick bench-table

help:  ## list these commands
	@sed -n 's/^\([a-z-]*\):.*##  *\(.*\)/make \1|\2/p' $(MAKEFILE_LIST) | \
		while IFS='|' read -r name text; do printf '%-21s %s\n' "$$name" "$$text"; done

run: install demo neighbourhoods build serve  ## set all up and serve the example on http://localhost:8501

demo: install  ## write and take in the invented example deliveries, unless there are deliveries
	@if [ ! -e "$(LOADING)" ] && find "$(RECORDS)" -name '*.parquet' 2>/dev/null | grep -q .; then \
		echo "Deliveries are in $(WEERBEELD_HOME) already: no example is added."; \
	else \
		mkdir -p "$(WEERBEELD_HOME)" && touch "$(LOADING)" && \
		$(WEERBEELD) demo --load && rm -f "$(LOADING)"; \
	fi

neighbourhoods: install  ## ask PDOK once for borders of wijken and buurten; goes on without
	@[ -e "$(WEERBEELD_HOME)/work/boundaries/buurt.json" ] || \
		[ -e "$(WEERBEELD_HOME)/releases/sources.json" ] || \
		$(WEERBEELD) update pdok_borders --once --timeout 2 || true

build: install  ## publish a release of the deliveries; does nothing when it exists
	@$(WEERBEELD) build

serve: install  ## serve the current release; WEERBEELD_PORT chooses another port
	@exec $(WEERBEELD) serve

test: .venv/dev-installed  ## run every check and every test, and say what each took
	@$(BIN)/python -m tools.parts "lint types order" "examples tests"

lint: .venv/dev-installed  ## check style and formatting (ruff)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/dev-installed  ## check types (mypy, strict)
	$(BIN)/mypy --strict .

order: .venv/dev-installed  ## check which room imports which (import-linter)
	$(BIN)/lint-imports

examples: .venv/dev-installed  ## run the examples in docstrings (doctest)
	$(BIN)/pytest -q --doctest-modules bilingual.py plugs.py prose.py analysis

# Tests that kill processes at chosen moments run when nothing else does.
tests: .venv/dev-installed  ## run the tests (pytest), a process per core; ROOM=release: those of one room, LONG=yes: all of it
ifneq ($(ROOM),kills)
	$(or $(RUNNER),$(BIN)/pytest) -n auto --no-loadscope-reorder --durations=25 \
		$(if $(and $(ROOM),$(if $(LONG),,yes)),-m "not long") --ignore=tests/kills tests/$(ROOM)
endif
ifneq ($(filter kills,$(or $(ROOM),kills)),)
	$(BIN)/pytest tests/kills
endif

covered: .venv/dev-installed  ## run the tests, and fail where they reach less than 95% of the lines
	@$(MAKE) --no-print-directory tests RUNNER="$(BIN)/python -m tools.covered 95"

test-postgresql: .venv/dev-installed  ## run the tests with every store in a real PostgreSQL
	WEERBEELD_TEST_DATABASE=postgresql $(BIN)/pytest

kills: .venv/dev-installed  ## kill what writes 200 times (ten minutes or so); writes docs/long-runs.md
	@$(BIN)/python -m tools.long_runs kills

fuzz: .venv/dev-installed  ## try 100,000 hostile inputs on every reader (an hour or so); writes docs/long-runs.md
	@$(BIN)/python -m tools.long_runs fuzz

attacks: .venv/dev-installed  ## attack thirty releases side by side (some minutes); writes docs/long-runs.md
	@$(BIN)/python -m tools.long_runs attacks

browse: .venv/dev-installed  ## see each page as each viewer in each size (ten minutes or so); writes docs/long-runs.md
	@$(BIN)/python -m tools.long_runs browse

bench: .venv/dev-installed  ## run the benchmarks, or BENCHMARKS="score space"; writes docs/benchmarks.md
	@PYTHONPATH=.:tests/kit $(BIN)/python -m benchmarks $(BENCHMARKS)

bench-quick: .venv/dev-installed  ## fail where a ratio got worse by a third; RECORD=yes: write down docs/benchmarks-quick.md
	@PYTHONPATH=.:tests/kit $(BIN)/python -m benchmarks $(if $(RECORD),--record,--quick) $(BENCHMARKS)

bench-table: .venv/dev-installed  ## print all that was measured beside its goals, and write docs/benchmarks.md with the goals of now
	@PYTHONPATH=.:tests/kit $(BIN)/python -m benchmarks --table

audit: .venv/dev-installed  ## look for known weaknesses in what is installed (pip-audit)
	@$(BIN)/python -m tools.audit

install: .venv/installed  ## make the environment in .venv with the exact tested versions

.venv/python:
	@command -v "$(PYTHON)" >/dev/null || { \
		echo "There is no '$(PYTHON)'. Install Python 3.11 or newer," \
			"or name yours: make run PYTHON=/path/to/python3" >&2; exit 2; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Weerbeeld needs Python 3.11 or newer; '$(PYTHON)' is $$("$(PYTHON)" -V)." \
			"Name another: make run PYTHON=python3.12" >&2; exit 2; }
	"$(PYTHON)" -m venv .venv
	@touch $@

.venv/installed: requirements.txt constraints.txt pyproject.toml VERSION | .venv/python
	@echo "Installing what Weerbeeld needs into .venv (once; a minute or two)."
	$(PIP) install -c constraints.txt setuptools -r requirements.txt
	$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

.venv/dev-installed: requirements-dev.txt .venv/installed
	$(PIP) install -c constraints.txt -r requirements-dev.txt
	@touch $@

lock: .venv/python  ## choose the newest allowed versions anew, into constraints.txt
	rm -rf build/lock
	.venv/bin/python -m venv build/lock
	build/lock/bin/pip --disable-pip-version-check --quiet install --upgrade \
		setuptools -r requirements.txt -r requirements-dev.txt
	@{ echo "# The exact versions that Weerbeeld is tested with. Made by 'make lock'; not edited by hand."; \
		build/lock/bin/pip --disable-pip-version-check freeze --all --exclude pip; } > constraints.txt

clean:  ## remove the environment and caches; deliveries and releases in var/ stay
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache \
		.hypothesis .import_linter_cache .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
