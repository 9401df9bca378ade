# Two commands are all the set-up there is: `make demo` and `make test`.
# They need Python 3.11 or newer with venv, and make; on Debian: apt install python3-venv make

PYTHON ?= python3
UV_VERSION := 0.13.9
# More than one worker pays from about two cores on; WORKERS=0 runs everything in one process.
WORKERS ?= auto
ARGS ?=

BIN := .venv/bin
# Trust what the machine trusts, where it keeps a list: offices have certificates of their own.
CERTIFICATES := $(if $(wildcard /etc/ssl/certs/ca-certificates.crt),UV_SYSTEM_CERTS=true)
UV := UV_PYTHON_DOWNLOADS=never $(CERTIFICATES) $(BIN)/uv
INSTALL := $(UV) pip install --quiet --python $(BIN)/python
COMPILE := $(UV) pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --quiet --extra web --group build

.DEFAULT_GOAL := help
.PHONY: help demo test lint format lock bench bench-site clean
# A step that fails half way must not leave behind a stamp that says it was done.
.DELETE_ON_ERROR:

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "  %-16s %s\n", $$1, $$2}'

demo: .venv/run.stamp ## Install, load the organisations, serve the site and print its address
	$(BIN)/python -m comity_web.demo $(ARGS)

test: lint ## Check format, types and imports, then run every test (ARGS="-k name" for some)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup $(ARGS)

lint: .venv/dev.stamp ## Check format, style, types and the direction of imports
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports --no-cache --no-logo

format: .venv/dev.stamp ## Write the format, and mend what ruff can mend
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .

# The run lock constrains the other, so that the demonstration and the tests use the same versions.
lock: .venv/uv.stamp ## Write both locks anew (ARGS=--upgrade for newer versions)
	$(COMPILE) $(ARGS) --output-file requirements.lock
	$(COMPILE) $(ARGS) --group dev --constraint requirements.lock --output-file requirements-dev.lock

bench: .venv/run.stamp ## Measure speed: the core, then appending (to COMITY_DATABASE_URL, else a fresh SQLite)
	$(BIN)/comity bench $(ARGS)
	@var=$$(mktemp -d) && export COMITY_VAR=$$var \
		&& $(BIN)/python -m comity_web.config.manage migrate --verbosity 0 \
		&& $(BIN)/python -m comity_web.config.manage bench_append; rm -rf "$$var"

bench-site: .venv/dev.stamp ## Measure the site under load and in a browser (ARGS="--peer indico" beside a peer)
	$(BIN)/python -m benchmarks.site $(ARGS)

clean: ## Remove the environment, caches and builds; var/ with its data stays
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/uv.stamp: Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "comity needs Python 3.11 or newer; name one: make PYTHON=python3.11 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "Python has no venv here; on Debian: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(BIN)/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

# The build backend comes from the lock as well (group "build"): hence no isolated build, which
# would fetch one without a hash.
.venv/run.stamp: .venv/uv.stamp requirements.lock pyproject.toml
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: .venv/uv.stamp requirements-dev.lock pyproject.toml
	$(INSTALL) --require-hashes -r requirements-dev.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@
