# make: build the site into _site/ · make serve: show it · make test: pass every test · make check: judge the content
# make thorough: the tests that make test leaves out for their length
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCKED := $(PIP) --require-hashes --only-binary :all:
OURSELVES := $(PIP) --no-deps --no-build-isolation --config-settings editable_mode=compat --editable .
COMPILE := $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
  --custom-compile-command "make lock" pyproject.toml --extra install

.PHONY: build serve test browser thorough packages check messages lint clean lock audit

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
	@$(BIN)/python -m compileall -q build.py tandem # many tests run commands as processes of their own
	$(BIN)/python -m pytest -m "not thorough"
	@$(MAKE) --no-print-directory browser KIND='-m "not thorough"'

browser: $(VENV)/.browser packages
	$(BIN)/python -m pytest -o addopts= -q -n auto --dist loadgroup $(KIND) tests/browser

thorough: $(VENV)/.browser packages
	$(BIN)/python -m pytest -m thorough
	@$(MAKE) --no-print-directory browser KIND='-m thorough'

packages: $(VENV)/.dev
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python build.py editor --anyway >/dev/null

messages: $(VENV)/.site
	$(BIN)/python build.py messages

lint: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# UPGRADE=--upgrade also takes the newest of what is needed indirectly. docs/dependencies.md tells how to update.
lock: $(VENV)/.care $(VENV)/.dev
	$(COMPILE) $(UPGRADE) --output-file locks/site.txt
	$(COMPILE) $(UPGRADE) --extra dev --constraint locks/site.txt --output-file locks/dev.txt
	$(COMPILE) $(UPGRADE) --extra care --constraint locks/dev.txt --output-file locks/care.txt
	$(COMPILE) $(UPGRADE) --extra bench --extra pictures --extra fuzz --constraint locks/dev.txt \
	  --output-file locks/bench.txt
	@$(MAKE) --no-print-directory $(VENV)/.dev
	$(BIN)/python docs/dependencies.py

# Fails when a weakness is known, and also when it could not be asked: an audit that saw nothing is none.
audit: $(VENV)/.care
	$(BIN)/pip-audit --strict --disable-pip --require-hashes $(foreach lock,$(wildcard locks/*.txt),--requirement $(lock))

clean:
	rm -rf _site .cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed (set PYTHON=…)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; \
	  then apt-get update -qq && apt-get install -y -qq python3-venv && $(PYTHON) -m venv $(VENV); \
	  else echo "Python's venv module is missing: on Debian, sudo apt-get install python3-venv"; exit 1; fi; }

$(VENV)/.site: locks/site.txt pyproject.toml | $(BIN)/python
	$(LOCKED) --requirement locks/site.txt
	$(OURSELVES)
	@touch $@

$(VENV)/.dev: locks/dev.txt pyproject.toml | $(BIN)/python
	$(LOCKED) --requirement locks/dev.txt
	$(OURSELVES)
	@touch $@ $(VENV)/.site

$(VENV)/.care: locks/care.txt | $(BIN)/python
	$(LOCKED) --requirement locks/care.txt
	@touch $@

$(VENV)/.tools: tests/tools/package.json tests/tools/package-lock.json | $(VENV)/.dev
	@mkdir -p $(VENV)/tools && cp tests/tools/package.json tests/tools/package-lock.json $(VENV)/tools/
	@cd $(VENV)/tools && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(VENV)/.browser: tests/browser/package-lock.json tests/browser/setup.sh | $(VENV)/.dev
	@sh tests/browser/setup.sh $(VENV)
	@touch $@
