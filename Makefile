# City Twin: the targets of the project. `make` alone lists them. Set-up happens by itself and is quick when nothing changed.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup develop translations guide demo serve test quick lint run check bench mutants docs package install clean

BUILD := build
RUN := tools/env.sh

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1	/'

setup: ## install what demo, run and package need (Debian 12 or 13)
	@tools/setup.sh

develop: ## install what test, check and bench need as well
	@tools/setup.sh dev

translations: setup ## compile the translations
	@$(RUN) tools/translations.sh compile

guide: setup ## write the guide's pages as the plugin shows them
	@$(RUN) python tools/guide.py

demo: translations ## create a synthetic district, flood it, and write maps and a report under build/demo
	@$(RUN) python tools/demo.py

serve: translations ## run the demo district's data services on this machine, until Ctrl-C
	@tools/setup.sh serve
	@exec $(RUN) python tools/serve.py $(SERVE)

test: develop translations guide ## run all tests, side by side; some with PYTEST="tests/core/flood -q"
	@$(RUN) python -m pytest $(or $(PYTEST),-n logical --maxprocesses 4)

quick: develop ## run the tests of core, without the slow ones
	@$(RUN) python -m pytest -n logical --maxprocesses 4 -p no:pytest_qgis -q -m "not slow" tests/core

run: translations guide ## open QGIS desktop with the plugin and the demo project
	@$(RUN) tools/desktop.sh

lint: ## format, lint, layers and types in seconds; needs no QGIS
	@tools/check.sh lint

check: develop translations ## every gate of style and structure
	@$(RUN) tools/check.sh

bench: develop ## measure speed against peers and limits
	@$(RUN) tools/bench.sh

mutants: develop ## try small faults of core and bridge against their tests; ARGS="--seed 9 --count 40"
	@$(RUN) python tools/mutants.py $(ARGS)

docs: translations ## write the help pages of the algorithms
	@$(RUN) python tools/docs.py

package: translations ## dist/twin_plugin-<version>.zip for the plugin site
	@$(RUN) python tools/package.py

install: package ## install the plugin into your QGIS profile
	@$(RUN) python tools/install.py

clean: ## remove what the other targets wrote, but not the environment
	@rm -rf $(BUILD) dist resources/guide .qgis-settings .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis i18n/*.qm
