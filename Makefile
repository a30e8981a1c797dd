# Two commands are all a newcomer needs: `make demo` and `make test`. Each sets up what it needs.
PORT ?=
ARGS ?=

# two processes for two cores; three on PostgreSQL, as there one in three waits for the server
CHOSEN ?= -m "not slow"
STORE ?= -m "store and not slow" tests/coach
PYTEST = .venv/bin/python -m pytest --dist loadscope --no-loadscope-reorder

.PHONY: help setup demo app test test-all check unit store lock bench clean

help:            ## what can be done here
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

setup:           ## the virtual environment in .venv, with the `coach` command
	@./setup.sh

demo: setup      ## transcribes and scores the sample calls, then serves the dashboard (PORT=8501, ARGS=--no-serve)
	@.venv/bin/coach demo $(if $(PORT),--port $(PORT)) $(ARGS)

app: setup       ## the dashboard on your own data, at the port of coach.toml (or PORT=8600)
	@.venv/bin/coach app $(if $(PORT),--port $(PORT)) $(ARGS)

test:            ## style, types and tests, but for the slowest
	@./setup.sh dev
	@$(MAKE) --no-print-directory check unit store

test-all:        ## these and the slow ones; every sample call is heard
	@./setup.sh dev
	@TEMPLE_EVERY_SAMPLE=1 $(MAKE) --no-print-directory check unit store CHOSEN= STORE='-m store tests/coach tests/views'

check:
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

unit:
	OMP_NUM_THREADS=1 $(PYTEST) -n 2 $(CHOSEN) $(ARGS)

store:           ## the tests of the store again, on a PostgreSQL of their own
	OMP_NUM_THREADS=1 tests/on_postgres.sh $(PYTEST) -n 3 $(STORE) $(ARGS)

lock:            ## renews the hash-pinned requirements from pyproject.toml
	@./setup.sh dev
	for name in bootstrap app dev; do ./lock.sh $$name; done

bench:           ## measures all that README claims (hours; ARGS="nlp gold" only those), renews docs/measured.md
	@./setup.sh dev
	.venv/bin/python -m benchmarks $(ARGS)

clean:           ## removes the environment in .venv; recordings and everything else of yours stay
	rm -rf .venv
