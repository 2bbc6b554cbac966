# Needs make and Python 3.11; `make` alone lists what there is.
.DEFAULT_GOAL := help
.PHONY: help run serve test check format bench lighthouse pictures lock messages clean
PY := .venv/bin/python
PRODUCTION := DEBUG=false SITE_URL=https://news.example.org SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))') LOG_LEVEL=WARNING
export PORT ADDRESS WORKERS PYTHON CHROMIUM

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

run: ## Run the newsroom with its demo on http://127.0.0.1:8000 (PORT=8001 for another port)
	@deploy/run.sh

serve: ## Run it with production settings on this machine (PORT, ADDRESS, WORKERS)
	@deploy/serve.sh

test: export PYTHONDONTWRITEBYTECODE = # with what was compiled once, each process of the tests starts four seconds earlier
test: ## Run the tests on SQLite, and on PostgreSQL those that may end otherwise there (ALL=1: all on both, as CI does; ARGS="tests/media -k photo": some)
	@deploy/venv.sh dev
	@deploy/chromium.sh
	@deploy/vnu.sh
	@$(PY) -m tests.both $(if $(ALL),--all) $(ARGS)

check: ## Check layout, lint, types, templates, the pages' HTML and looks, migrations, translations and the production settings
	@deploy/venv.sh dev
	@deploy/chromium.sh
	@deploy/vnu.sh
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	@DEBUG=true $(PY) -m mypy .
	@find newsroom articles media comments -name '*.html' | xargs .venv/bin/djade --target-version 5.2 --check && echo "Templates are in order."
	@$(PRODUCTION) $(PY) manage.py makemigrations --check --dry-run
	@$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING
	$(PY) -m pytest -q tests/test_templates.py tests/test_catalogue.py tests/test_project.py tests/test_imports_arrow.py tests/test_every_page.py tests/browser/test_pictures.py

format: ## Lay out code and templates
	@deploy/venv.sh dev
	@$(PY) -m ruff check --quiet --fix . || true
	@$(PY) -m ruff format .
	@find newsroom articles media comments -name '*.html' | xargs .venv/bin/djade --target-version 5.2

bench: ## Measure queries, page weight and requests a second
	@deploy/venv.sh dev
	@$(PY) -m bench

lighthouse: ## Score the home page and an article with Lighthouse, served as in production (needs npm and Chromium)
	@deploy/venv.sh dev
	@deploy/lighthouse.sh

pictures: ## Draw the small pictures of the public pages anew, after a change of their look
	@deploy/venv.sh dev
	@RENEW_PICTURES=1 $(PY) -m pytest -q tests/browser/test_pictures.py

lock: ## Pin the requirements again, with hashes (UPGRADE=1 for newer versions)
	@deploy/venv.sh dev
	@for name in requirements requirements-dev requirements-s3 requirements-heic; do \
		$(PY) -m uv pip compile --quiet --no-emit-index-url --no-emit-find-links --generate-hashes --python-version 3.11 $(if $(UPGRADE),--upgrade) $$name.in -o $$name.txt || exit 1; \
	done

messages: ## Collect the words to translate and compile the catalogues (needs gettext)
	@deploy/venv.sh dev
	@DEBUG=true $(PY) manage.py makemessages --locale es --no-location --ignore '.venv/*' --ignore 'var/*' --ignore 'tests/*'
	@DEBUG=true $(PY) manage.py compilemessages --locale es --locale ar --ignore '.venv/*' --ignore 'var/*'

clean: ## Remove the virtual environment, caches and collected files (the data in var/ stays)
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis var/mypy var/migrated var/static
	@find . -name __pycache__ -not -path './var/*' -type d -prune -exec rm -rf {} +
