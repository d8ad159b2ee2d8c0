# Both commands of the README share one virtual environment, made on first use.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
# Most tests wait for a bot, a browser or a database, so that twice as many as there are processors go well beside each other.
TEST_PROCESSES ?= $(shell echo $$((2 * $$(getconf _NPROCESSORS_ONLN))))

# Tests start many processes, which begin sooner where the compiled code may be kept.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: rehearse test check format faults benchmarks

rehearse: .venv/ready
	$(BIN)/levers rehearse

test: .venv/ready
	$(BIN)/pytest -n $(TEST_PROCESSES) --dist worksteal

check: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

# Crashes, broken connections and refusals at full length; docs/faults.md has the numbers of one run.
faults: .venv/ready
	LEVERS_FAULTS=full $(BIN)/pytest -p no:xdist -s tests/faults

# Times count only where nothing runs beside them; docs/benchmarks.md has the numbers of one run.
benchmarks: .venv/ready
	$(BIN)/pytest -p no:xdist -s tests/benchmarks

format: .venv/ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.venv/ready: requirements.txt requirements-dev.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Levers needs Python 3.11 or newer; name one with make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt -r requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@
