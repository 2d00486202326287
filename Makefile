# `make lab` opens the course, `make test` checks it; `make help` lists the rest. Everything lives in .venv.
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
  BIN := .venv/Scripts
else
  BIN := .venv/bin
endif
PY := $(BIN)/python
ROOT_FLAG := $(if $(filter 0,$(shell id -u 2>/dev/null)),--allow-root)# JupyterLab refuses root without it (containers)
NB ?= $(wildcard notebooks/*.ipynb)
SOLUTIONS := $(wildcard notebooks/solutions/*.ipynb)
EXECUTE := -m nbconvert --to notebook --execute --ExecutePreprocessor.timeout=3600 --ExecutePreprocessor.record_timing=False
RUN := TQDM_DISABLE=1

.DEFAULT_GOAL := help
.PHONY: help lab test notebooks course book slides bench latency papers tables faults memory versions lint picture clean install

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

install: .venv/installed ## create .venv and install what the course needs (the other targets do this by themselves)

.venv/installed: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || \
	  { echo "The course needs Python 3.10 or newer: run again with PYTHON=python3.12, say"; exit 1; }
	@echo "Installing into .venv: a few minutes the first time (torch alone is some 3 GB on Linux, 0.2 GB on macOS and Windows) ..."
	@$(PYTHON) -m venv .venv || { echo "Could not create .venv: on Debian and Ubuntu install python3-venv first"; exit 1; }
	@$(PY) -m pip install --quiet --disable-pip-version-check --editable .
	@echo done > $@

lab: .venv/installed ## open JupyterLab on the first notebook
	$(PY) -m jupyterlab $(ROOT_FLAG) --config=notebooks/jupyter_server_config.py notebooks/00_start_here.ipynb

test: export GAN_COURSE_PROFILE := quick
test: lint ## lint, unit tests, and every notebook with its solutions in profile quick
	$(RUN) $(PY) -m pytest -n 2 --ignore=tests/faults tests
	$(RUN) OMP_NUM_THREADS=1 $(PY) -m pytest -n 2 --dist loadfile --nbval-lax --nbval-current-env --nbval-cell-timeout=600 \
	  $(wildcard notebooks/*.ipynb) $(SOLUTIONS)

notebooks: export GAN_COURSE_PROFILE := $(or $(GAN_COURSE_PROFILE),cpu)
notebooks: .venv/installed ## re-execute the notebooks in place in profile cpu, outputs kept (NB=notebooks/03_gan_1d.ipynb for one)
	$(RUN) $(PY) $(EXECUTE) --inplace $(NB)

course: export GAN_COURSE_PROFILE := $(or $(GAN_COURSE_PROFILE),cpu)
course: .venv/installed ## execute all notebooks in profile cpu into build/course and check every claim (about half an hour on two cores)
	$(RUN) $(PY) $(EXECUTE) --output-dir build/course/solutions $(SOLUTIONS)
	$(RUN) $(PY) $(EXECUTE) --output-dir build/course $(wildcard notebooks/*.ipynb)
	$(PY) -m gan_course.checks $(patsubst notebooks/%,build/course/%,$(wildcard notebooks/*.ipynb))

book: .venv/installed slides ## build the textbook site into book/_build/html, to be opened without a server
	$(PY) book/build.py

slides: .venv/installed ## build the lecture slides into book/_build/slides
	$(PY) book/slides/build.py

lint: .venv/installed ## ruff: lint and format of modules and notebooks
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

bench: .venv/installed ## time the training loop against the plain pattern and against the peak, and quality against seconds (about 15 minutes)
	$(RUN) $(PY) benchmarks/throughput.py
	$(RUN) $(PY) benchmarks/scaling.py
	$(RUN) $(PY) benchmarks/quality.py

latency: .venv/installed ## time the sliders in a real JupyterLab and on the site (needs Chromium; about three minutes)
	$(RUN) $(PY) benchmarks/latency.py

papers: .venv/installed ## run what is missing of the tables of papers and of tricks (reduced protocols; hours on one core)
	for script in papers/dirac papers/stacked papers/parzen papers/lucic papers/mixtures tricks; do $(RUN) $(PY) benchmarks/$$script.py || exit 1; done

tables: .venv/installed ## write those tables into benchmarks/RESULTS.md from the rows that are there
	$(PY) benchmarks/tables.py

faults: .venv/installed ## kill runs, fill the disk, spoil files, break downloads; prints the table (about ten minutes)
	$(RUN) $(PY) -m pytest tests/faults

memory: .venv/installed ## run each notebook in profile cpu and note its peak memory and its seconds (about an hour on two cores)
	$(RUN) $(PY) benchmarks/memory.py

versions: .venv/installed ## the tests on Python 3.10 to 3.13 and on the oldest libraries, as far as they are on the path (an hour)
	$(PY) -m pip install --quiet --disable-pip-version-check "nox[uv]"
	$(PY) -m nox

picture: .venv/installed ## draw the pictures of the README: notebook 06 and the shipped generators
	$(PY) book/pictures/picture.py
	$(PY) book/pictures/generators.py

clean: ## remove what was built (not .venv, not data/)
	rm -rf build book/_build .pytest_cache .ruff_cache
