# make demo      set up, read the invented reports in examples/, and show what they claim
# make test      set up, and run the tests
# make check     set up, and run the linter, the type checker and the import rules
# make docs      write docs/cli.md from what the commands say with --help, and what the demo prints into README.md
# make pictures  take the pictures of the desk that README shows; needs Chromium
# make bench     measure speed and quality, and hold them against the floors
# make train     train the model again with sayso train, and put it in the place of the shipped one; takes hours without a GPU
# make parity    hold the exported network against the trained one
# make fuzz      give Sayso hostile input made by machine, for ten minutes of processor time (SECONDS=…)
# make sbom      write what Sayso is made of, as CycloneDX JSON, to build/sbom.json, and list the licences
# make audit     look up known vulnerabilities in what an installation brings with it; needs PyPI's JSON API

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV := .venv
BENCH := build/bench-venv
TRAIN := build/train-venv
FUZZ := build/fuzz-venv
SUPPLY := build/supply-venv
USED := build/used-venv
SECONDS ?= 600
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
SAYSO := $(BIN)/sayso
DEMO := build/demo.db
DATA ?= $(or $(SAYSO_DATA),../shared/data)

.PHONY: help demo test check docs pictures bench train parity fuzz sbom audit clean

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Sayso needs Python 3.11 or later; found: $$(python3 --version 2>&1)." \
		"Install it, or name it: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python's venv is needed; on Debian: apt install python3-venv"; exit 1; }

$(VENV)/installed: pyproject.toml | $(BIN)/python
	@echo "Installing Sayso into $(VENV) …"
	@$(INSTALL) --editable .
	@touch $@

$(VENV)/installed-test: pyproject.toml | $(BIN)/python
	@echo "Installing Sayso with what its tests need into $(VENV) …"
	@$(INSTALL) --editable '.[test]'
	@touch $@ $(VENV)/installed

demo: $(VENV)/installed
	@mkdir -p build && rm -f $(DEMO) $(DEMO)-wal $(DEMO)-shm $(DEMO:.db=-places.tsv)
	@examples/demo.sh $(SAYSO) $(DEMO)

test: $(VENV)/installed-test
	@$(BIN)/python -m pytest

check: $(VENV)/installed-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/installed
	@$(BIN)/python docs/make_cli.py
	@$(BIN)/python docs/make_readme.py

pictures: $(VENV)/installed-test
	@$(BIN)/python -m tests.browser.pictures

# What Sayso is compared with is kept apart from what it needs.
$(BENCH)/installed: pyproject.toml | $(BIN)/python
	@echo "Installing Sayso and what it is compared with into $(BENCH) …"
	@$(BIN)/python -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch $@

bench: $(BENCH)/installed
	@$(BENCH)/bin/python -m bench

# So is what only training needs.
$(TRAIN)/installed: pyproject.toml
	@echo "Installing Sayso with what training needs into $(TRAIN) …"
	@$(PYTHON) -m venv $(TRAIN)
	@$(TRAIN)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[train,test]'
	@touch $@

train: $(TRAIN)/installed
	@$(TRAIN)/bin/sayso train --data $(DATA) --out runs/reader
	@cd runs/reader && cp reader.onnx reader.json claim.npy tokenizer.json $(CURDIR)/src/sayso/weights/

parity: $(TRAIN)/installed
	@$(TRAIN)/bin/python -m pytest tests/parity/test_onnx.py tests/parity/test_train.py tests/unit/train

# So are the tools that fuzz, those that look at what Sayso is made of, and what they look at: all that a user may install.
$(FUZZ)/installed $(SUPPLY)/installed: build/%-venv/installed: pyproject.toml
	@echo "Installing Sayso with the extra $* into build/$*-venv …"
	@$(PYTHON) -m venv build/$*-venv
	@build/$*-venv/bin/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@build/$*-venv/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[$*]'
	@touch $@

$(USED)/installed: pyproject.toml
	@echo "Installing Sayso as users do, with all extras for them, into $(USED) …"
	@$(PYTHON) -m venv $(USED)
	@$(USED)/bin/python -m pip install --quiet --disable-pip-version-check "$$($(PYTHON) supply/extras.py)"
	@touch $@

fuzz: $(FUZZ)/installed
	@$(FUZZ)/bin/python -m fuzz --seconds $(SECONDS)

sbom: $(SUPPLY)/installed $(USED)/installed
	@$(SUPPLY)/bin/python -m supply sbom $(USED)/bin/python -o build/sbom.json
	@$(SUPPLY)/bin/python -m supply licences build/sbom.json

audit: $(SUPPLY)/installed
	@$(SUPPLY)/bin/python -m supply audit

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
