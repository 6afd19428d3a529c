# Two commands are enough: make run, make test. What they need beyond a Python, environment.py fetches.

that_can = $(shell for each in python3.11 python3 python3.12 python3.13 python3.14; do \
	$$each -c 'import $(1); sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
comma := ,
PYTHON ?= $(or $(call that_can,sys$(comma) venv$(comma) ensurepip),$(call that_can,sys$(comma) venv))
PORT ?= 8000
export SPORTELLO_MODE ?= demo
unexport PYTHONDONTWRITEBYTECODE # what is compiled stays: the server starts in two thirds of the time
BIN := .venv/bin
CHOSEN := $(if $(filter file,$(origin PYTHON)),,--this-python)
NO_PYTHON = Python 3.11 or newer is needed. On Debian and Ubuntu: apt install python3-venv
set_up = @set -- '$(PYTHON)'; [ -n "$$1" ] || { echo '$(NO_PYTHON)' >&2; exit 1; }; exec "$$1" environment.py $(CHOSEN)

.DEFAULT_GOAL := help
.PHONY: help run install test check format bench bare clean .venv/installed .venv/tools

help: ## Print these verbs
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 18

run: ## Serve the desk on 127.0.0.1 with demonstration data (PORT=8000)
	$(set_up) pages
	@exec $(BIN)/sportello start --port $(PORT)

install: ## Make the environment and the pages, for a server that is started otherwise
	$(set_up) pages

test: ## Run every check and test: style, types, imports, SQLite, PostgreSQL, Chromium
	$(set_up) tools pages
	@sh tests/chromium.sh
	@exec $(BIN)/python -m pytest --numprocesses 2 --dist worksteal $(TESTS)

check: .venv/tools ## Run the quick checks alone: style, types, imports
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

format: .venv/tools ## Put the code in its one format
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

bench: .venv/tools ## Measure against the bare database
	@for file in bench/*.py; do $(BIN)/python $$file || exit 1; done

bare: ## Prove both commands on a bare Debian in a folder of its own (root, debootstrap, about an hour)
	@exec '$(PYTHON)' tests/bare.py

clean: ## Remove the environment, the built pages and the demonstration's data
	@rm -rf .venv node_modules web/static/dist desk/letters/fonts build dist var

.venv/installed: # the environment alone, to run the program
	$(set_up)

.venv/tools: # the same, with what tests and checks need
	$(set_up) tools
