# The targets work in a fresh clone: python 3.11 or later, pip and make are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := pyproject.toml

.PHONY: demo test check bench schema golden-maj clean

# Installed for use, without the development tools.
$(VENV)/.installed: $(SOURCES)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/.installed-dev: $(SOURCES)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@ $(VENV)/.installed

# Writes the demonstration conventions in sortie/, then each avenant and each liasse in a folder of its own.
demo: $(VENV)/.installed
	$(BIN)/convgen generer conventions --format docx,txt,html -o sortie
	for file in conventions/avenants/*.yaml; do \
		$(BIN)/convgen avenant $$file --format docx,txt,html -o sortie/avenants/$$(basename $$file .yaml) || exit 1; \
	done
	for liasse in conventions/liasses/*.yaml; do $(BIN)/convgen liasse $$liasse || exit 1; done
	@echo "Conventions are in sortie/, avenants in sortie/avenants/ ; open one of the .docx in Word or LibreOffice."
	@echo "The liasses are in sortie/<liasse>/ : one .docx, one .pdf, and prefecture/ for @CTES."

# The tests of a file stay together: what they share (liasses, avenants, rendered pages) is made once.
test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Side by side with docxtpl and python-redlines, and with docxtemplater and easy-template-x when node is there.
bench: $(VENV)/.installed-dev
	$(BIN)/python -m bench

# The JSON Schemas that the first line of each definition names, for editors, and the pages of the guide drawn from them.
schema: $(VENV)/.installed
	$(BIN)/python -m convgen.model.schema docs/schemas
	$(BIN)/python -m convgen.model.schema.reference docs/guide/reference.md
	$(BIN)/python -m convgen.model.schema.codes docs/guide/erreurs.md
	$(BIN)/python -m convgen.cli.catalogue docs/guide/catalogue-des-clauses.md

# Accepts the present output as the expected one; read the diff before committing it.
golden-maj: $(VENV)/.installed-dev
	CONVGEN_GOLDEN_MAJ=1 $(BIN)/python -m pytest tests

clean:
	rm -rf $(VENV) sortie .cache dist build
