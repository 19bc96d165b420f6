# make: build the site into _site/ · make serve: show it · make test: pass every test · make check: judge the content
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: build serve test browser packages check messages lint clean

build: $(VENV)/.site
	$(BIN)/python build.py

serve: $(VENV)/.site
	$(BIN)/python build.py serve

check: $(VENV)/.site
	$(BIN)/python build.py check

test: $(VENV)/.dev $(VENV)/.tools packages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest
	@$(MAKE) --no-print-directory browser KIND='-m "not thorough"'

browser: $(VENV)/.browser packages
	$(BIN)/python -m pytest -o addopts= -q -n auto --dist loadgroup $(KIND) tests/browser

packages: $(VENV)/.dev
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python build.py editor --anyway >/dev/null

messages: $(VENV)/.site
	$(BIN)/python build.py messages

lint: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf _site .cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed (set PYTHON=…)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; \
	  then apt-get update -qq && apt-get install -y -qq python3-venv && $(PYTHON) -m venv $(VENV); \
	  else echo "Python's venv module is missing: on Debian, sudo apt-get install python3-venv"; exit 1; fi; }

$(VENV)/.site: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.site

$(VENV)/.tools: tests/tools/package.json tests/tools/package-lock.json | $(VENV)/.dev
	@mkdir -p $(VENV)/tools && cp tests/tools/package.json tests/tools/package-lock.json $(VENV)/tools/
	@cd $(VENV)/tools && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(VENV)/.browser: tests/browser/package-lock.json tests/browser/setup.sh | $(VENV)/.dev
	@sh tests/browser/setup.sh $(VENV)
	@touch $@
