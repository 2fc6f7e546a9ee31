# Set up and run; the README gives the same commands for machines without make.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
SAMPLE := data_samples/asiakasrekisteri
AS_OF := 2026-11-22

unexport PYTHONDONTWRITEBYTECODE

.PHONY: audit test pytest lint bench screenshots notebook locks clean

audit: .venv/core  ## audit the sample register
	$(BIN)/register-audit run $(SAMPLE) --as-of $(AS_OF) --fail-on never --lang fi

test: .venv/test  ## run every test, and meanwhile what lint runs
	$(MAKE) --no-print-directory --jobs 2 lint pytest

pytest: .venv/test
	$(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist loadscope --no-loadscope-reorder

lint: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/test  ## times and memory, as ratios against DuckDB's parse-only time
	$(BIN)/python benchmarks/run.py

screenshots: .venv/test  ## pictures of the sample's report for the documentation
	$(BIN)/python docs/screenshots.py

# Its settings ask for no news and no updates: nothing is fetched, and nobody is asked.
notebook: .venv/lab  ## open the notebooks in JupyterLab
	JUPYTER_CONFIG_PATH=requirements/jupyter $(BIN)/jupyter lab notebooks

# Each environment is made once per lock file.
.venv/core: requirements/core.txt pyproject.toml
	$(PYTHON) requirements/install.py core
.venv/lab: requirements/lab.txt pyproject.toml
	$(PYTHON) requirements/install.py lab
.venv/test: requirements/test.txt pyproject.toml
	$(PYTHON) requirements/install.py test

locks:  ## compile the lock files again
	cd requirements && for each in core lab test spark database names; do \
	  extras=; case $$each in \
	    lab) extras="--extra lab -c core.txt";; \
	    test) extras="--extra lab --extra test -c lab.txt";; \
	    spark) extras="--extra spark -c test.txt";; \
	    database) extras="--extra database -c test.txt";; \
	    names) extras="--extra names -c test.txt";; esac; \
	  uv pip compile ../pyproject.toml build.in $$extras --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -q -o $$each.txt; \
	done

clean:
	rm -rf .venv reports/*/ .mypy_cache .ruff_cache .pytest_cache
