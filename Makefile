# The two commands that matter: `make run` and `make test`. All of them: `make help`.

PYTHON ?= python3
export DEBUG ?= true
export PYTHONUNBUFFERED = 1

BIN := .venv/bin
READY := .venv/.installed
# Runs a command with DATABASE_URL and REDIS_URL: those given, or the embedded servers with their data in .data/.
WITH_SERVERS := $(BIN)/python -m mentorship.common.embedded exec --
MANAGE := $(WITH_SERVERS) $(BIN)/python manage.py
# Never into another Python than that of .venv, whatever state that is in.
PIP := $(BIN)/python -m pip --require-virtualenv --disable-pip-version-check -qq
UV := $(BIN)/python -m uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-config --quiet

# One more than cores, for browsers are waited for; four at most.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(min(4, (os.cpu_count() or 1) + 1))')

.DEFAULT_GOAL := help
.PHONY: help run test lint format types check bench rehearse screenshots migrations shell reset lock chromium

help: ## This list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

run: $(READY) ## Everything, for development, at http://127.0.0.1:8000 (PORT, DATABASE_URL, REDIS_URL)
	@$(MANAGE) dev

test: $(READY) chromium ## The whole suite, in parallel (ARGS="tests/blog -x" for a part)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

lint: $(READY) ## Style, imports between apps, templates, migrations that are missing
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/djlint --quiet --lint templates
	@$(MANAGE) makemigrations --check --dry-run

format: $(READY) ## Put code into the one form, mend what can be mended by itself
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: $(READY) ## Type hints
	@$(BIN)/mypy .

check: lint types test ## All that has to hold before a change lands

bench: $(READY) ## Measure the pages at size (see `manage.py bench --help`; ARGS=...)
	@$(MANAGE) bench $(ARGS)

rehearse: $(READY) ## Production without containers: the commands of docker-compose.yml, and a smoke test
	@$(MANAGE) rehearse $(ARGS)

screenshots: $(READY) chromium ## Pictures of the pages, both themes, 360 and 1280 pixels wide
	@$(MANAGE) screenshots $(ARGS)

migrations: $(READY) ## Write the migrations that the models ask for (ARGS="blog --name ...")
	@$(MANAGE) makemigrations $(ARGS)

shell: $(READY) ## A Python shell with the models at hand
	@$(MANAGE) shell

reset: $(READY) ## Empty the embedded database, uploads and mail, after asking
	@$(BIN)/python -m mentorship.common.embedded reset

lock: $(BIN)/pip ## Pin the newest versions that pyproject.toml allows into requirements.txt
	@$(PIP) install uv
	@$(UV) --upgrade --output-file .venv/production.txt
	@$(UV) --upgrade --extra development --constraint .venv/production.txt --output-file .venv/all.txt
	@{ cat .venv/production.txt; echo '# == development =='; \
	   awk 'NR == FNR { seen[$$0]; next } /^[^ ]/ { added = !($$0 in seen) } added' \
	     .venv/production.txt .venv/all.txt; } > requirements.txt

$(READY): requirements.txt | $(BIN)/pip
	@echo 'Installing the locked requirements into .venv; this takes a minute, once.'
	@$(PIP) install --require-hashes -r requirements.txt
	@touch $@

# pip stands in it once it is whole.
$(BIN)/pip:
	@for python in $(PYTHON) python3.13 python3.12 python3.11; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    exec "$$python" -m venv .venv; \
	  fi; \
	done; \
	echo 'Python 3.11 or newer is needed: install it, or name it with make run PYTHON=/path/to/python3' >&2; exit 1

chromium:
	@command -v chromium-headless-shell chromium chromium-browser google-chrome >/dev/null || \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo 'Installing Chromium for the browser tests.'; \
	    export DEBIAN_FRONTEND=noninteractive; apt-get -qq update; \
	    apt-get -qq install -y chromium-headless-shell >/dev/null || apt-get -qq install -y chromium >/dev/null; \
	  elif ! [ -d '/Applications/Google Chrome.app' ]; then \
	    echo 'Chromium is missing: install it with the package manager of this system.' >&2; \
	  fi
