# `make run` shows the sample network, `make test` proves everything; the work itself is in libri/setting_up.py.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
SET_UP := $(PYTHON) -P libri/setting_up.py

.PHONY: run test check set-up lint migration translations locks clean

run:            # set up what is missing, then serve the sample network
	@$(SET_UP) run

test:           # everything: linters, both databases, load, browser
	@$(SET_UP) everything

check:          # the short one: linters and SQLite, no browser, no load
	@$(SET_UP) check

set-up:         # bring all that development needs into .venv and node_modules
	@$(SET_UP) development

lint: set-up    # ruff, import contracts, templates
	@.venv/bin/python -P tests/everything.py lint

migration: set-up   # make migration m="Events have places"
	@.venv/bin/python -m libri migration "$(m)"

translations: set-up    # after changing a visible string
	@.venv/bin/python -m libri translate update

locks:          # after changing dependencies: needs uv and npm
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 pyproject.toml --group dev -o requirements-dev.lock
	npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved

clean:          # forget what set-up made; data/ stays
	rm -rf .venv node_modules build static/vendor libri/members/common_passwords.bin libri/search/lemmas
