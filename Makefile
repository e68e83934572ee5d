# make run    start the dashboard on the shipped studies (and those of STUDIES_DIR)
# make test   install what the tests need and run all of them, in a browser too
#             (some of them: make test FILE=tests/pages/arms, FILE="tests/data tests/callbacks")
# make test-engines  the studies in databases once more, behind Spark Connect and in three at once
# make warehouse  ten million simulated patients and the shipped SORAMIC as Parquet, and the
#             dashboard on them (PATIENTS=…)
# make import FILE=export.xlsx  make a study's folder of it (OUT=studies/my-study, by its name)
# make check STUDY=studies/my-study  say everything that is wrong with a folder
# make lint   style and formatting
# make layout  every page of every study on every screen: what does not keep to its place
#             (some of them: make layout STATES="survival long2", every third: EVERY=3)
# make bench  time the numbers beside lifelines and R; writes docs/benchmark.md (BENCH_LARGEST=1
#             also counts 100 million patients, where 30 GB are free)
# make slides  every page of the shipped studies as PowerPoint and Word, drawn with LibreOffice into
#             build/slides, to be looked at
# make load   fifty readers at once, and what may go wrong; writes docs/load.md
# make disclosure  ten thousand questions to protected studies: what must not come out (REQUESTS=…)
# make image-test  build the image without an engine and run it without a network; needs root
# make sbom   list every library with version, hashes and licence: sbom.cdx.json
# make licences  write LICENSES.md anew after a change of the lock files
# make reconstruct  search anew for the pseudo-patients of soramic, from their seeds
# make lock   write the lock files anew after a change of pyproject.toml
# make audit  compare the locked libraries with the lists of known weaknesses; needs the internet
# make password   ask for a password and print its hash for PASSWORD_HASH

PYTHON ?= python3
BIN := .venv/bin
# Compiled once for all processes, and not beside the sources, whatever the environment says.
export PYTHONDONTWRITEBYTECODE :=
export PYTHONPYCACHEPREFIX := $(CURDIR)/.venv/bytecode
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test test-engines warehouse import check layout lint format bench load slides disclosure image-test builder sbom licences \
	reconstruct lock audit password browser nginx clean

run: .venv/runtime
	$(BIN)/gunicorn app:server

# One process for each core; one that has no test left takes some of another. PROCESSES=0 runs all
# in one, as a debugger needs it. Only tests of the browser need one.
FILE ?= tests
PROCESSES ?= auto
test: .venv/development $(if $(filter tests tests/ tests/browser%,$(FILE)),browser)
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses $(PROCESSES) --dist worksteal $(FILE)

# The engine behind Spark Connect has two hundred megabytes, and a folder of its own.
ENGINES := .venv-engines
test-engines: $(ENGINES)/installed
	OPENBLAS_NUM_THREADS=1 WAREHOUSE_ENGINES=all $(ENGINES)/bin/python -m pytest tests/data/warehouse

$(ENGINES)/installed: requirements-engines.lock
	$(PYTHON) -m venv $(ENGINES)
	$(ENGINES)/bin/pip install --quiet --no-compile --require-hashes -r requirements-engines.lock
	@touch $@

PATIENTS ?= 10000000
warehouse: .venv/runtime
	@$(BIN)/python -m data.warehouse.sandbox build/warehouse $(PATIENTS) soramic
	REGISTRY_URL=duckdb://$(CURDIR)/build/warehouse/tables/registry \
		SORAMIC_URL=duckdb://$(CURDIR)/build/warehouse/tables/soramic \
		STUDIES_DIR=build/warehouse/studies $(BIN)/gunicorn app:server

# Thousands of states, some hours on two cores; LAYOUT_REPORT=faults.json lists what is found.
STATES ?=
EVERY ?= 1
layout: .venv/development browser
	LAYOUT_EVERY=$(EVERY) $(BIN)/python -m tests.browser.layout_grid $(STATES)

# Several files in quotation marks; SAY="os.unit=months; reference=Placebo" answers its questions.
import: .venv/runtime
	@$(BIN)/python -m data.importing "$$FILE" --out "$$OUT" --say "$$SAY"

check: .venv/runtime
	@$(BIN)/python -m data.check "$$STUDY"

lint: .venv/development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: .venv/development
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/development
	$(BIN)/python -m tests.bench

# LOAD_SECONDS (120) and LOAD_READERS (50) change the first run; the others take a quarter of it.
load: .venv/development
	$(BIN)/python -m tests.load

# As root it installs what draws them; without it the files are written, and nothing is drawn.
slides: .venv/development
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && ! command -v soffice >/dev/null; then \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-impress \
			libreoffice-writer poppler-utils fonts-liberation >/dev/null; \
	fi
	$(BIN)/python -m tests.slides build/slides

REQUESTS ?= 10000
disclosure: .venv/development
	$(BIN)/python -m tests.disclosure $(REQUESTS)

# A few minutes. PYTHON_IMAGE names a base image; where no registry gives one, Debian's Python stands
# in for it.
PYTHON_IMAGE ?=
image-test: .venv/development builder
	PYTHON_IMAGE=$(PYTHON_IMAGE) $(BIN)/python -m tests.image

builder:
	@if command -v buildah >/dev/null && command -v debootstrap >/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		export DEBIAN_FRONTEND=noninteractive; apt-get update -qq && \
		apt-get install -y -qq --no-install-recommends buildah debootstrap >/dev/null; \
	else \
		echo "make image-test needs root, buildah and debootstrap: install them."; exit 1; \
	fi

# Of what is locked, and not of what happens to be installed; nothing in it depends on when or where.
sbom: .venv/development
	@$(BIN)/python -m tests.libraries.sbom sbom.cdx.json

licences: .venv/development
	@$(BIN)/python -m tests.libraries.licences LICENSES.md

# Rewrites patients.csv and reconstructions.csv.gz of the study; twenty searches, a few minutes.
# Then checks them in full and remembers from what, so that the tests need not search again.
reconstruct: .venv/development
	$(BIN)/python -u -m data.reconstruction.soramic
	$(BIN)/python -m tests.data.reconstruction.remembered

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name it: make PYTHON=python3.11 …"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/runtime: requirements.lock | .venv/bin/python
	$(BIN)/pip install --quiet --no-compile --require-hashes -r requirements.lock
	@touch $@

.venv/development: requirements-dev.lock | .venv/bin/python
	$(BIN)/pip install --quiet --no-compile --require-hashes -r requirements-dev.lock
	@touch $@ .venv/runtime

# The browser tests drive Chromium: its part without windows, which Debian packs by itself and which
# costs a third less, or the whole. A browser of another name is named in CHROMIUM.
SHELL_PACKAGE := chromium-headless-shell
browser: nginx
	@if [ -n "$$CHROMIUM" ] || command -v $(SHELL_PACKAGE) >/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		export DEBIAN_FRONTEND=noninteractive; \
		apt-get update -qq || command -v chromium >/dev/null || exit 1; \
		apt-get install -y -qq $(SHELL_PACKAGE) >/dev/null || command -v chromium >/dev/null || \
			apt-get install -y -qq chromium >/dev/null; \
	elif ! command -v chromium >/dev/null; then \
		echo "The browser tests need Chromium: install it, or set CHROMIUM to its path."; exit 1; \
	fi

# One of them drives it through nginx, as a hospital serves it. Where the package would start a server
# by itself, that is forbidden while it is installed. One of another name is named in NGINX.
POLICY := /usr/sbin/policy-rc.d
nginx:
	@if [ -n "$$NGINX" ] || PATH="$$PATH:/usr/sbin:/usr/local/sbin" command -v nginx >/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		export DEBIAN_FRONTEND=noninteractive; \
		[ -e $(POLICY) ] || { trap 'rm -f $(POLICY)' EXIT; printf '#!/bin/sh\nexit 101\n' >$(POLICY); chmod +x $(POLICY); }; \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends nginx >/dev/null; \
	else \
		echo "The test behind a proxy needs nginx: install it, or set NGINX to its path."; exit 1; \
	fi

COMPILE := $(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --extra files --extra warehouse
lock: .venv/development
	$(BIN)/pip install --quiet pip-tools
	$(COMPILE) --output-file requirements.lock pyproject.toml
	$(COMPILE) --extra postgres --output-file requirements-postgres.lock pyproject.toml
	$(COMPILE) --extra spark --output-file requirements-spark.lock pyproject.toml
	$(COMPILE) --extra postgres --extra dev --output-file requirements-dev.lock pyproject.toml
	$(COMPILE) --extra postgres --extra spark --extra engines --extra dev \
		--output-file requirements-engines.lock pyproject.toml

# In an environment of its own, and no part of "make test": it asks servers outside. --strict: a
# library that could not be compared, as with an index that holds no advisories, is a failure.
audit:
	@folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	$(PYTHON) -m venv "$$folder" && "$$folder/bin/pip" install --quiet pip-audit && \
	{ "$$folder/bin/pip-audit" --strict --require-hashes --disable-pip --requirement requirements.lock || \
		{ echo "Not all locked libraries are known to be without weaknesses; see above."; exit 1; }; }

password: .venv/runtime
	@$(BIN)/python -m callbacks.server.password

clean:
	rm -rf .venv .venv-engines .pytest_cache .ruff_cache .hypothesis
