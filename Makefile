# The project's verbs. `make help` lists them; nothing here needs root, Node or a variable set.

PORT ?= 8000
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help run test test-database check fix bench clean

# A Python that is new enough and can make a virtual environment (Debian's cannot without python3-venv).
PYTHONS := python3.11 python3.12 python3.13 python3.14 python3 python
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))

# $(call environment,FOLDER,REQUIREMENTS,FILES): the folder holds exactly these requirements afterwards. Its stamp is written
# last and names all that it was made from, so a run killed half-way, a new pin, a moved tree or a removed Python starts afresh.
define environment
	@stamp="$(CURDIR) $$(cat $(3) | cksum)"; \
	if [ "$$(cat $(1)/stamp 2>/dev/null)" = "$$stamp" ] && $(1)/bin/python -c '' 2>/dev/null; then exit 0; fi; \
	found=; old=; \
	for python in $(PYTHONS); do \
		$$python -c '$(NEW_ENOUGH)' 2>/dev/null || continue; \
		old=$$python; \
		if $$python -c 'import ensurepip, venv' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$old" ]; then echo "This needs Python 3.11 or newer; please install it, then run make again." >&2; exit 1; fi; \
	if [ -z "$$found" ]; then echo "$$old lacks the venv module; please install it (on Debian: apt install python3-venv), then run make again." >&2; exit 1; fi; \
	echo "Installing the pinned packages of $(2) (once)"; \
	rm -rf $(1) && $$found -m venv $(1) && \
	$(1)/bin/python -m pip install --quiet --no-input --disable-pip-version-check --requirement $(2) && \
	echo "$$stamp" > $(1)/stamp || \
	{ echo "The packages of $(2) could not be installed; see above, mend it (is there a network?), then run make again." >&2; exit 1; }
endef

help: ## list these verbs
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | awk -F '\t' '{printf "make %-14s %s\n", $$1, $$2}'

run: ## the whole site with its content on 127.0.0.1:8000, or on PORT=
	$(call environment,.venv,requirements.txt,requirements.txt)
	@.venv/bin/python -c 'import socket, sys; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("127.0.0.1", int(sys.argv[1])))' $(PORT) 2>/dev/null || \
	{ echo "Port $(PORT) is taken or is no port; choose another, such as: make run PORT=8765" >&2; exit 1; }
	@.venv/bin/python manage.py migrate --verbosity 0
	@.venv/bin/python manage.py load_content
	@.venv/bin/python manage.py make_local_accounts
	@if [ ! -e var/collected ] || [ ! -e var/static/staticfiles.json ] || [ -n "$$(find static docs/screenshots .venv/stamp -newer var/collected)" ]; then \
		.venv/bin/python manage.py collectstatic --noinput --verbosity 0 && touch var/collected; \
	fi
	@SITE_URL="$${SITE_URL:-http://127.0.0.1:$(PORT)}" exec .venv/bin/python manage.py serve --port $(PORT)

DEV_FILES := requirements.txt requirements-dev.txt deploy/requirements.txt

# A worker for each processor, each with a database of its own; one that has finished takes tests from another.
PARALLEL := --numprocesses auto --dist worksteal

test: ## install what the tests need and run them; ARGS= goes to pytest
	$(call environment,.venv-dev,requirements-dev.txt,$(DEV_FILES))
	@.venv-dev/bin/python -m pytest $(PARALLEL) $(ARGS)

test-database: ## the tests that depend on the database, on the one that DATABASE_URL names
	$(call environment,.venv-dev,requirements-dev.txt,$(DEV_FILES))
	@.venv-dev/bin/python -m pytest $(PARALLEL) -m database $(ARGS)

# No key of a real site, and none that is written down: it lives as long as the check.
check: ## style, production settings, migrations, import directions, reading age
	$(call environment,.venv-dev,requirements-dev.txt,$(DEV_FILES))
	@.venv-dev/bin/python -m ruff check .
	@.venv-dev/bin/python -m ruff format --check .
	@ALLOWED_HOSTS=www.example.org SITE_URL= DEBUG= \
	SECRET_KEY="$$(.venv-dev/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
	.venv-dev/bin/python manage.py check --deploy --fail-level WARNING
	@.venv-dev/bin/python manage.py makemigrations --check --dry-run
	@.venv-dev/bin/python -m pytest --quiet tests/test_imports.py
	@.venv-dev/bin/python manage.py check_reading

fix: ## let ruff mend what it can
	$(call environment,.venv-dev,requirements-dev.txt,$(DEV_FILES))
	@.venv-dev/bin/python -m ruff check --fix .
	@.venv-dev/bin/python -m ruff format .

bench: ## how fast pages and the check answer, on this machine
	$(call environment,.venv-dev,requirements-dev.txt,$(DEV_FILES))
	@.venv-dev/bin/python -m tests.bench

clean: ## remove what make made; the database and the key in var/ stay
	rm -rf .venv .venv-dev .pytest_cache .ruff_cache .hypothesis var/static var/collected var/test-*.sqlite3*
