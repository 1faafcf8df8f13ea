# Everything a newcomer needs. `make help` lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORTAL := $(BIN)/portal -c development.ini
RUNTIME := $(VENV)/.runtime
DEVELOPMENT := $(VENV)/.development
ASSETS := portal/static/build/manifest.json
NODE_MODULES := node_modules/.installed
SOURCES := portal content search templates tests setup.py
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run test check format bench test-vectors assets browser-libraries clean lock

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUNTIME) $(ASSETS) ## set up whatever is missing, load the sample, serve on http://127.0.0.1:6543 (PORT=)
	@exec $(PORTAL) serve --prepare

# Compiled once: both workers read all tests, and servers are started dozens of times.
test: export PYTHONDONTWRITEBYTECODE =
test: $(DEVELOPMENT) $(ASSETS) browser-libraries ## set up whatever is missing, then the whole suite
	@begin=$$(date +%s); $(BIN)/python -m pytest -n 2 --dist loadfile; result=$$?; \
	  echo "The whole suite took $$(( $$(date +%s) - begin )) seconds."; exit $$result

test-vectors: $(DEVELOPMENT) ## the domain's test vectors (DOMAIN_VECTORS=FILE)
	@$(BIN)/python -m pytest tests/vectors -q

check: $(DEVELOPMENT) $(ASSETS) ## format, lint, types, dead code, templates, translations
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/mypy content search portal
	@$(BIN)/vulture
	@$(BIN)/djlint --lint --quiet templates --extension=jinja2
	@$(BIN)/python -m pytest -q --no-header -p no:cacheprovider tests/portal/forms/test_words.py

format: $(DEVELOPMENT) ## format the sources
	@$(BIN)/ruff format $(SOURCES)
	@$(BIN)/ruff check --fix --quiet $(SOURCES) || true

# As the portal is run: its modules are compiled once.
bench: export PYTHONDONTWRITEBYTECODE =
bench: $(DEVELOPMENT) $(ASSETS) ## the benchmark table, also as JSON under var/bench/
	@$(BIN)/python -m tests.bench

lock: $(DEVELOPMENT) ## write the lock files anew from requirements/*.in
	@$(BIN)/python -m pip install --quiet pip-tools
	@for each in development runtime; do \
	  $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
	    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	    --output-file requirements/$$each.lock requirements/$$each.in; done

clean: ## remove what was set up; data under var/ stays
	rm -rf $(VENV) node_modules portal/static/build portal/static/vendor *.egg-info

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed (found: $$($(PYTHON) --version))." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv module is missing: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

# The lock with hashes first, then the project itself without asking for anything more.
$(RUNTIME): requirements/runtime.lock requirements/fonts.lock setup.py | $(BIN)/python
	@echo "Installing what the portal needs …"
	@$(BIN)/pip install --quiet --require-hashes -r requirements/runtime.lock
	@$(BIN)/pip install --quiet --require-hashes --no-deps -r requirements/fonts.lock
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(DEVELOPMENT): requirements/development.lock $(RUNTIME)
	@echo "Installing what its tests need …"
	@$(BIN)/pip install --quiet --require-hashes -r requirements/development.lock
	@touch $@

# Browser libraries come from pinned packages. Without Node the system's fonts serve and
# editors get a plain text area.
$(NODE_MODULES): package-lock.json
	@if command -v npm >/dev/null; then npm ci --ignore-scripts --no-audit --no-fund --silent; \
	  else echo "npm not found: going on without the web font"; mkdir -p node_modules; fi
	@touch $@

$(ASSETS): $(RUNTIME) $(NODE_MODULES) $(shell find portal/static/css portal/static/js portal/static/img portal/locale -type f -not -name '*.mo' 2>/dev/null)
	@$(BIN)/python -m portal.assets

assets: $(ASSETS) ## stylesheets, scripts, fonts, translations

browser-libraries: $(NODE_MODULES)
