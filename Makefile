# Two commands are enough: make run, make test. Everything they need they fetch themselves.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
export SPORTELLO_MODE ?= demo
unexport PYTHONDONTWRITEBYTECODE # what is compiled stays: the server starts in two thirds of the time
BIN := .venv/bin
NODE_IS_RECENT = node -e 'process.exit(process.versions.node.split(".")[0] < 20)' 2>/dev/null

.DEFAULT_GOAL := help
.PHONY: help run test check format bench clean

help: ## Print these verbs
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 18

run: .venv/installed ## Serve the desk on 127.0.0.1 with demonstration data (PORT=8000)
	@$(BIN)/python -m web.assets
	@$(BIN)/sportello start --port $(PORT)

test: .venv/tools ## Run every check and test: style, types, imports, SQLite, PostgreSQL, Chromium
	@$(BIN)/python -m web.assets
	@sh tests/chromium.sh
	@$(BIN)/python -m pytest --numprocesses 2 --dist worksteal $(TESTS)

check: .venv/tools ## Run the quick checks alone: style, types, imports
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

format: .venv/tools ## Put the code in its one format
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

bench: .venv/tools ## Measure against the bare database
	@for file in bench/*.py; do $(BIN)/python $$file || exit 1; done

clean: ## Remove the environment, the built pages and the demonstration's data
	@rm -rf .venv node_modules web/static/dist desk/letters/fonts build dist var

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or newer is needed'; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/installed: requirements.lock pyproject.toml | .venv/bin/python
	@echo 'Setting up (about a minute, once)…'
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(NODE_IS_RECENT) || $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/tools: requirements-test.lock .venv/installed
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@
