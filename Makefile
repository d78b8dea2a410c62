# make demo    a sample organisation at http://localhost:8000 (PORT=8001 make demo)
# make test    every gate and every test, on SQLite and PostgreSQL
# make quick   the fast tests on SQLite
# make check   the gates: lint, types, floors, templates, licences, locks, translations

PORT ?= 8000
PY := .venv/bin/python
export PYTHONPATH := src
export PYTHONUTF8 := 1
# What is compiled once is kept (git knows nothing of it), also where the surroundings say otherwise: a house is several
# programs, its tests start hundreds, and each would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test quick check messages lock run-venv dev-venv

demo: run-venv
	@$(PY) scripts/messages.py compile
	@exec $(PY) -m xiezuo.config.cli demo --port $(PORT)

test: dev-venv
	@$(PY) scripts/test.py

quick: dev-venv
	@$(PY) scripts/messages.py compile
	@$(PY) -m pytest -n 2 -q -m "not journey and not slow"

check: dev-venv
	@$(PY) scripts/check.py

messages: dev-venv
	@$(PY) scripts/messages.py update
	@$(PY) scripts/messages.py compile
	@$(PY) scripts/messages.py missing

LOCK := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml
lock:
	$(LOCK) --extra build --extra papers -o requirements/run.lock
	$(LOCK) --extra build --extra papers --extra postgres --extra analytics --extra dev -o requirements/dev.lock

run-venv dev-venv: %-venv:
	@python=$$(sh scripts/python.sh) && "$$python" scripts/venv.py $*
