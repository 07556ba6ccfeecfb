# The two commands of the README, and what they are made of. `make help` lists them.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Go keeps its modules below it.
export HOME ?= $(shell echo ~)
ROWS ?= 5000000
SEED ?= 42
EVENTS ?= 200000
RATE ?= 1000
LAKE ?= build/lake
# Empty: the command's own default.
PORT ?=
BROKER_PORT ?=
SEARCH_PORT ?=
SEARCH_URL ?=
# Relative, since make cannot name a target in a folder with a space in its name.
TOOLS := build/tools
UV := $(or $(shell command -v uv),$(TOOLS)/uv/bin/uv)
export TFLINT ?= $(or $(shell command -v tflint),$(TOOLS)/bin/tflint)
ACTIONLINT := $(TOOLS)/bin/actionlint

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 20

# --- The main job --------------------------------------------------------------------------------

.PHONY: demo
demo: needs-install install ## The whole platform on this machine: check, synth, bundle, run the pipeline (ROWS=100000 makes it short)
	./platform check
	./platform synth
	./platform bundle
	./platform run --rows $(ROWS) --seed $(SEED)

.PHONY: stream
stream: needs-stream install-stream ## A stream on this machine: Kafka, endpoint, Spark and generated traffic (EVENTS=3000 makes it short, RATE=0 fast; PORT, BROKER_PORT, SEARCH_URL)
	./platform stream --events $(EVENTS) --rate $(RATE) $(PORT:%=--port %) $(BROKER_PORT:%=--broker-port %) $(SEARCH_URL:%=--search-url %)

# What is not there is said on the pages: a lake before its first run, search that is away.
.PHONY: explore
explore: needs-explore install-explore install-search ## The application for analysts on localhost:8501, with OpenSearch (LAKE=build/stream/lake, PORT, SEARCH_PORT or SEARCH_URL)
	./platform explore --lake "$(LAKE)" $(PORT:%=--port %) $(SEARCH_PORT:%=--search-port %) $(SEARCH_URL:%=--search-url %)

# Names in one sentence each what this machine lacks for a target, before the target starts anything.
needs-%:
	@requirements/preflight $*

.PHONY: install
install: needs-install node_modules/.package-lock.json .venv/etl/.run build/jars/.run build/vendored/.run ## Install what the demo needs, from the lock files; a second time does nothing

node_modules/.package-lock.json: package-lock.json
	npm ci
	@touch $@

$(TOOLS)/uv/bin/uv: requirements/uv.txt
	python3 -m venv $(TOOLS)/uv
	$(TOOLS)/uv/bin/pip install --quiet --require-hashes -r requirements/uv.txt
	@touch $@

# Our own packages, which the environments of the jobs and of the DAGs install from this checkout (editable). `uv pip sync`
# removes what a lock file does not name, so they are installed after it. Their dependencies are in the lock files.
PACKAGES := $(patsubst %/pyproject.toml,%,$(wildcard packages/*/pyproject.toml))

# $(1): environment, $(2): Python version, $(3): lock file, $(4): stamp, $(5): packages of this repository
define python_environment
.venv/$(1)/$(4): requirements/$(3).txt $(5:%=%/pyproject.toml) | $$(if $$(findstring $$(TOOLS),$$(UV)),$$(UV))
	@test -x .venv/$(1)/bin/python || $$(UV) venv --quiet --python "$$$$(requirements/python $(2))" .venv/$(1)
	$$(UV) pip sync --python .venv/$(1)/bin/python requirements/$(3).txt
	$(if $(5),$$(UV) pip install --quiet --no-deps --python .venv/$(1)/bin/python $(5:%=--editable %))
	@touch $$@
endef
$(eval $(call python_environment,etl,3.11,etl,.run,$(PACKAGES)))
$(eval $(call python_environment,etl,3.11,etl-test,.test,$(PACKAGES)))
$(eval $(call python_environment,dags,3.12,dags-test,.test,$(PACKAGES)))
$(eval $(call python_environment,tools,3.11,tools,.test))
$(eval $(call python_environment,checkov,3.11,checkov,.test))
$(eval $(call python_environment,schemas,3.11,schemas,.test))
$(eval $(call python_environment,corpus,3.11,corpus,.test))
$(eval $(call python_environment,contracts,3.11,contracts,.test))
$(eval $(call python_environment,bench,3.11,bench,.run))
$(eval $(call python_environment,audit,3.11,audit,.run))
$(eval $(call python_environment,services,3.11,services,.run))
$(eval $(call python_environment,services,3.11,services-test,.test))
$(eval $(call python_environment,explore,3.11,explore,.run))
$(eval $(call python_environment,explore,3.11,explore-test,.test))
.venv/etl/.test: | .venv/etl/.run
.venv/services/.test: | .venv/services/.run
.venv/explore/.test: | .venv/explore/.run

# Jars of Spark's class path, by the hashes of requirements/jars*.txt.
build/jars/.run: requirements/jars.txt | .venv/etl/.run
	requirements/jars $(@D) $<
	@touch $@

build/jars/.test: requirements/jars-test.txt | build/jars/.run
	requirements/jars $(@D) $<
	@touch $@

# A Kafka broker, which needs nothing but Java.
build/kafka/.run: requirements/jars-kafka.txt | .venv/etl/.run
	requirements/jars $(@D) $<
	@touch $@

# An OpenSearch node. Interrupted, it is assembled from the beginning.
build/search/.run: requirements/jars-search.txt services/search/assemble | .venv/etl/.run
	requirements/jars $(@D) $<
	services/search/assemble $(@D) $<
	@touch $@

# Those that tests run besides.
build/search/.test: requirements/jars-search-test.txt services/search/assemble | build/search/.run
	requirements/jars $(@D) $<
	services/search/assemble $(@D) $<
	@touch $@

# Added to what is there, so that the tests' packages stay.
.venv/etl/.search: requirements/search.txt | .venv/etl/.run
	$(UV) pip install --quiet --require-hashes --python .venv/etl/bin/python -r $<
	@touch $@

# Added likewise, and again when the environment was made to hold its lock file and nothing else.
.venv/explore/.nlp: requirements/nlp.txt .venv/explore/.run $(wildcard .venv/explore/.test)
	$(UV) pip install --quiet --require-hashes --python .venv/explore/bin/python -r $<
	@touch $@

# What the streaming job needs on Spark's class path besides.
build/jars/.stream: requirements/jars-stream.txt | build/jars/.run
	requirements/jars $(@D) $<
	@touch $@

# The Python packages of a release, which the first release fetches.
build/vendored/.run: requirements/bundle.txt | node_modules/.package-lock.json .venv/etl/.run
	./platform bundle >/dev/null
	@touch $@

# Built from the versions and hashes of .ci/tools.
$(TOOLS)/bin/tflint: GO_PACKAGE := github.com/terraform-linters/tflint
$(TOOLS)/bin/actionlint: GO_PACKAGE := github.com/rhysd/actionlint/cmd/actionlint
$(TOOLS)/bin/tflint $(TOOLS)/bin/actionlint: .ci/tools/go.sum
	@command -v go >/dev/null || { echo "$(@F) is not there, and Go is not there to build it" >&2; exit 1; }
	go build -C .ci/tools -o "$(CURDIR)/$@" $(GO_PACKAGE)
	@touch $@

.PHONY: install-services
install-services: .venv/services/.run build/kafka/.run ## Install what the HTTP endpoint and a Kafka broker of this machine need

.PHONY: install-explore
install-explore: needs-install-explore node_modules/.package-lock.json .venv/explore/.run ## Install what ./platform query and the application for analysts need

.PHONY: install-nlp
install-nlp: install-explore .venv/explore/.nlp ## Install what finds words, names and related products in English texts, 200 MB

.PHONY: install-stream
install-stream: needs-install-stream install install-services build/jars/.stream ## Install what a stream on this machine needs

.PHONY: install-search
install-search: needs-install-search install build/search/.run .venv/etl/.search ## Install what search on this machine needs: OpenSearch and its client

.PHONY: install-platform
install-platform: needs-install-platform node_modules/.package-lock.json ## Install what ./platform needs to check, synthesize and review

.PHONY: install-deploy
install-deploy: needs-install-deploy install-platform .venv/tools/.test ## Install what driving Terraform and publishing need

# An S3 server so fast that benchmarks of its clients measure the clients; from the versions and hashes of bench/server.
$(TOOLS)/bin/versitygw: bench/server/go.sum
	@command -v go >/dev/null || { echo "$(@F) is not there, and Go is not there to build it" >&2; exit 1; }
	go build -C bench/server -o "$(CURDIR)/$@" github.com/versity/versitygw/cmd/versitygw
	@touch $@

# Kafka Connect with Iceberg's sink, beside which streams are timed.
build/connect/.run: bench/connect/jars.txt | .venv/etl/.run
	requirements/jars $(@D) $<
	@touch $@

.PHONY: install-bench
install-bench: install .venv/bench/.run build/connect/.run $(TOOLS)/bin/versitygw ## Install what benchmarks compare with

.PHONY: install-test
install-test: needs-install-test install-stream build/jars/.test build/search/.test .venv/etl/.test .venv/etl/.search .venv/services/.test .venv/explore/.test .venv/explore/.nlp .venv/contracts/.test .venv/corpus/.test .venv/dags/.test .venv/tools/.test .venv/checkov/.test .venv/schemas/.test $(TFLINT) $(ACTIONLINT) ## Install what the tests need

# --- The proof -----------------------------------------------------------------------------------

.PHONY: test
test: needs-test install-test lint test-typescript test-security test-schemas test-terraform test-etl test-services test-explore test-metadata test-dags ## Everything that a pull request must pass; needs no AWS account

.PHONY: lint
lint: needs-lint lint-code lint-pyspark lint-services lint-go lint-workflows types ## Formatters, linters and types of everything

.PHONY: lint-code
lint-code: node_modules/.package-lock.json .venv/etl/.test ## Formatter, linter and import rules of both languages; the contracts
	npm run --silent lint
	./platform contract check
	.venv/etl/bin/ruff check etl dags packages tests bench
	.venv/etl/bin/ruff format --check etl dags packages tests bench
	PYTHONPATH=dags:services/explore:services/ingest:services/traffic .venv/etl/bin/lint-imports

.PHONY: lint-pyspark
lint-pyspark: .venv/tools/.test ## flake8 and isort, which every company knows, on dags/, etl/ and packages/
	.venv/tools/bin/flake8 dags etl packages
	.venv/tools/bin/isort --check-only dags etl packages

# A world apart: its own environment, and rules as strict as those of the jobs.
.PHONY: lint-services
lint-services: .venv/services/.test .venv/explore/.test .venv/tools/.test .venv/etl/.test ## ruff, flake8 and mypy on services/
	.venv/etl/bin/ruff check services
	.venv/etl/bin/ruff format --check services
	.venv/tools/bin/flake8 services
	.venv/services/bin/mypy --config-file services/pyproject.toml
	.venv/explore/bin/mypy --config-file services/explore/pyproject.toml

.PHONY: lint-go
lint-go: ## gofmt and go vet on the provider of the Terraform tests
	@command -v go >/dev/null || { echo "Go is not installed: gofmt and go vet come with it" >&2; exit 1; }
	@unformatted="$$(gofmt -l __tests__/terraform/provider)"; \
	[[ -z $$unformatted ]] || { echo "not formatted by gofmt: $$unformatted" >&2; exit 1; }
	go vet -C __tests__/terraform/provider ./...

.PHONY: lint-terraform
lint-terraform: node_modules/.package-lock.json $(TFLINT) ## tflint on the synthesized stacks
	@./platform synth --out build/lint
	@for stack in build/lint/stacks/*/; do \
	$(TFLINT) --chdir="$$stack" --config="$(CURDIR)/.tflint.hcl" || { echo "tflint: $$stack" >&2; exit 1; }; done

# zizmor looks nothing up: what it finds must not depend on the day.
.PHONY: lint-workflows
lint-workflows: .venv/tools/.test $(ACTIONLINT) ## actionlint, zizmor and shellcheck on workflows and shell scripts
	$(ACTIONLINT) -shellcheck .venv/tools/bin/shellcheck -pyflakes=
	.venv/tools/bin/zizmor --quiet --offline --persona=auditor --collect=all --strict-collection .github
	.venv/tools/bin/shellcheck .ci/clocks .ci/drift .ci/run requirements/compile requirements/java requirements/preflight requirements/python drills/copy-store services/broker/run services/search/run

.PHONY: types
types: node_modules/.package-lock.json .venv/etl/.test ## Types of both languages
	npm run --silent typecheck
	.venv/etl/bin/mypy

.PHONY: test-typescript
test-typescript: needs-test-typescript install-test ## jest: configuration, modules, policies, stacks, command line, contracts, release, report, review (its page in Chromium)
	npx jest --testPathIgnorePatterns __tests__/terraform __tests__/security

.PHONY: test-security
test-security: needs-test-security node_modules/.package-lock.json .venv/checkov/.test ## checkov on the synthesized stacks, against the waivers in __tests__/security
	npx jest __tests__/security

.PHONY: test-schemas
test-schemas: needs-test-schemas node_modules/.package-lock.json .venv/schemas/.test ## AWS's resource schemas, by cfn-lint, on the synthesized stacks of each environment
	.venv/schemas/bin/python -m pytest tests/schemas -c tests/schemas/pytest.ini --rootdir=. --confcutdir=tests/schemas -q

# A provider that plans, applies and imports without AWS. Its schema is derived from the locked bindings of CDKTF.
STAND_IN := build/stand-in
$(STAND_IN)/provider: $(wildcard __tests__/terraform/provider/*)
	@command -v go >/dev/null || { echo "Go is not installed: it builds the provider that these tests apply with" >&2; exit 1; }
	@mkdir -p $(@D)
	go build -C $(<D) -trimpath -buildvcs=false -ldflags='-s -w' -o "$(CURDIR)/$@.$$$$" . && mv $@.$$$$ $@

.PHONY: stand-in
stand-in: $(STAND_IN)/provider node_modules/.package-lock.json ## Build the provider that the Terraform tests apply with
	@npx esbuild __tests__/terraform/schema/write.ts --bundle --platform=node --outfile=$(STAND_IN)/write.$$$$ --log-level=warning && \
	mv $(STAND_IN)/write.$$$$ $(STAND_IN)/write.cjs
	@node $(STAND_IN)/write.cjs $(STAND_IN)/provider $(STAND_IN)

.PHONY: test-terraform
test-terraform: needs-test-terraform stand-in install-deploy $(TFLINT) ## Real Terraform and tflint on every stack
	npx jest __tests__/terraform

.PHONY: test-etl
test-etl: needs-test-etl install-test ## pytest on real Spark
	.venv/etl/bin/python -m pytest tests/etl -n 2 -q

.PHONY: test-services
test-services: needs-test-services install-test build/kafka/.run ## pytest on the endpoint with a real Kafka broker, over real HTTP
	.venv/services/bin/python -m pytest tests/services -c tests/services/pytest.ini --rootdir=. --confcutdir=tests/services --ignore=tests/services/explore -n 2 -q

.PHONY: test-explore
test-explore: needs-test-explore install-test build/kafka/.run ## pytest of SQL on a laptop and on an emulated Athena, and of the application's pages, on tables that a stream made
	.venv/explore/bin/python -m pytest tests/services/explore -c tests/services/explore/pytest.ini --rootdir=. --confcutdir=tests/services/explore -q

# A run of the pipeline or of a stream for each boundary: for whoever changes how something is stored.
.PHONY: test-kills
test-kills: install-test ## Kill runs and streams at every boundary there is, and try the next run after each; ICEBERG=1.7.1 is that of EMR
	.venv/etl/bin/python -m pytest tests/etl/batch/test_kills.py tests/etl/streaming/test_{kills,upkeep}.py --every-boundary $(ICEBERG:%=--iceberg %) -n 2 -q

# Both Pythons that use the store: the local pipeline's and Airflow's. They need a PostgreSQL server, and say so.
.PHONY: test-metadata test-metadata-etl test-metadata-dags
test-metadata: needs-test-metadata install-test ## pytest of the metadata store, on SQLite and on a PostgreSQL of its own
	@$(MAKE) -j2 --output-sync=target test-metadata-etl test-metadata-dags

test-metadata-etl test-metadata-dags: test-metadata-%:
	.venv/$*/bin/python -m pytest tests/metadata -c tests/metadata/pytest.ini --confcutdir=tests/metadata -q

.PHONY: test-dags
test-dags: needs-test-dags install-test ## pytest on real Airflow, EMR's control plane emulated, spark-submit real
	.venv/dags/bin/python -m pytest tests/dags -c tests/dags/pytest.ini --confcutdir=tests/dags -n 2 -q

# No part of `make test`: as long as all of it. For whoever changes what reads a clock, and before a release.
.PHONY: test-clocks
test-clocks: needs-test-clocks install-test ## jest and pytest on other days, hours and time zones; needs faketime (CLOCKS="leap-day later" for some)
	.ci/clocks $(CLOCKS)

# --- What only the network, or AWS, can tell ------------------------------------------------------

.PHONY: audit
audit: node_modules/.package-lock.json .venv/audit/.run ## Known vulnerabilities of what is locked; asks npm and PyPI
	npm audit --audit-level=high
	@for lock in etl etl-test search services services-test explore explore-test nlp dags tools checkov schemas contracts audit; do echo "requirements/$$lock.txt"; \
	.venv/audit/bin/pip-audit --strict --disable-pip --require-hashes --progress-spinner=off --requirement requirements/$$lock.txt; done

.PHONY: drift
drift: install-deploy ## What of an environment is not as main says: make drift ENV=dev
	@.ci/drift $(ENV)

# --- Upkeep --------------------------------------------------------------------------------------

.PHONY: lock
lock: ## Compile requirements/*.txt from *.in
	requirements/compile $(UV)

.PHONY: clean
clean: ## Remove what was generated, keep what was installed
	rm -rf cdktf.out build/lake build/stream build/bundle build/test-bundle build/report.html build/environments.json build/platform*.c*
