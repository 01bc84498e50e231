# The ways in. "make" alone lists them.
#
# Every target installs what it lacks through build/setup, says so, and does
# nothing twice. It wants make, Go 1.26 and Node.js 20.19; build/setup gets the
# rest on Debian and Ubuntu and names it elsewhere.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh

LDFLAGS := -s -w
PAGE    := frontend/dist/index.html
SOURCES := $(shell find frontend -name node_modules -prune -o -name dist -prune -o -name e2e -prune -o -type f ! -name '*.go' -print)
LINT    := tools/bin/golangci-lint
PROGRAM := build/bin/tenths

.PHONY: help setup run build cli page test test-all e2e check lint walls windows vet-darwin shots bench clean

help: ## list what there is
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install what building the window needs
	@build/setup run

run: build ## open the window on a sample practice (no screen: print its day)
	@build/run $(PROGRAM)

build: setup page ## build the program with its window: build/bin/tenths
	go build -trimpath -ldflags '$(LDFLAGS)' -tags "$$(build/setup tags)" -o $(PROGRAM) .

cli: ## build the program without its window, with no C compiler: build/bin/tenths-cli
	CGO_ENABLED=0 go build -trimpath -ldflags '$(LDFLAGS)' -o build/bin/tenths-cli .

page: $(PAGE)

$(PAGE): $(SOURCES)
	@build/setup run
	cd frontend && npm run --silent build
	@touch $@

test: ## install what the tests need, then vet and test everything but what is slow
	@build/setup test
	go vet ./...
	go test ./...
	cd frontend && npm run --silent test

test-all: ## test, and what is slow: real windows, browsers, office programs, many cases
	@build/setup test-all
	@$(MAKE) page
	go vet -tags "$$(build/setup tags)" ./...
	TENTHS_HEAVY=1 go test -timeout 20m ./...
	@$(MAKE) e2e

e2e: page ## drive the page in a browser against the real services
	@build/setup test
	go build -tags e2e -o build/bin/tenths-e2e .
	cd frontend && TENTHS_E2E_PROGRAM=$(CURDIR)/build/bin/tenths-e2e npm run --silent e2e

check: lint walls ## formatting, vet, lint, the page's checks and the walls between packages
	@build/setup run
	cd frontend && npm run --silent lint && npm run --silent check

lint: $(LINT)
	@unformatted=$$(gofmt -l $$(go list -f '{{.Dir}}' ./...)); \
	  if [ -n "$$unformatted" ]; then echo "gofmt -w these:"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	go vet -tags e2e . ./desktop/...
	$(LINT) run ./...

# About 90 seconds, once.
$(LINT): tools/lint/go.mod tools/lint/go.sum
	@echo "building golangci-lint, once"
	cd tools/lint && go build -trimpath -o ../bin/golangci-lint github.com/golangci/golangci-lint/v2/cmd/golangci-lint
	@touch $@

walls: ## who may import whom
	go test -count=1 ./internal/walls

windows: page ## build for Windows from any system: tenths.exe, and tenths-cli.exe for terminals
	CGO_ENABLED=0 GOOS=windows GOARCH=amd64 go build -trimpath -ldflags '$(LDFLAGS) -H windowsgui' -tags desktop,production -o build/bin/tenths.exe .
	CGO_ENABLED=0 GOOS=windows GOARCH=amd64 go build -trimpath -ldflags '$(LDFLAGS)' -o build/bin/tenths-cli.exe .
	CGO_ENABLED=0 GOOS=windows GOARCH=amd64 go vet -tags desktop,production ./...
	CGO_ENABLED=0 GOOS=windows GOARCH=amd64 go vet ./...

vet-darwin: ## vet for macOS, all but the window, which wants Apple's own compiler
	CGO_ENABLED=0 GOOS=darwin GOARCH=arm64 go vet ./...

shots: page ## pictures of the real window: build/cache/shots
	@build/setup test
	TENTHS_SHOTS=$(CURDIR)/build/cache/shots TENTHS_HEAVY=1 go test -count=1 -v ./desktop/e2e

bench: ## measure what has to be fast, and what Tenths costs: docs/cost.md
	@build/setup bench
	go test -run '^$$' -bench . -benchmem -timeout 30m ./...

clean: ## remove what was built, and the sample practice
	rm -rf build/bin build/cache/sample build/cache/sample.json build/cache/shots tools/bin
	find frontend/dist -mindepth 1 ! -name .gitkeep -delete
