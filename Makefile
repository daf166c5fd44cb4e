# make demo   the whole job in a minute: a server, a recording, real calls, and what was recorded
# make test   everything that must hold, with real MCP software on the other side
# make check  format, lint and layers, without building the rest
# make docs   the pages of the libraries, by DocC; a link that leads nowhere fails
# make captures  records the conversations of captures/ anew, with real MCP software
# make bench  figures beside nginx, mitmproxy and mcphawk
# Each does all of its set-up.

PREFIX ?= /usr/local
BUILD ?= .build
PYTHON ?= .build-python
PYTHON2 ?= .build-python2
SWIFT ?= swift
JOBS ?= $(shell nproc)
# Exclusive access to memory is checked when compiling, and while running in the builds that are tested; checking it while
# running here too costs a twentieth of what recording costs.
RELEASE = build -c release -Xswiftc -enforce-exclusivity=unchecked --scratch-path $(BUILD) -j $(JOBS)
# Each target's tests run in a process of their own: Swift's tests share one pool of threads, one a core, and those that
# wait for a peer would find none within their limits beside those that work a core for a minute.
TEST_TARGETS = WireFormats Traffic Conversation Scenario Forwarding MCPTransports Recording TrafficStore Replaying \
    LoadTesting InspectCommands Interoperability Architecture
RUN_TESTS = MCP_INSPECT_TEST_PYTHON=$(abspath $(PYTHON)) MCP_INSPECT_TEST_PYTHON2=$(abspath $(PYTHON2)) \
    $(SWIFT) test --skip-build --scratch-path $(BUILD)

.PHONY: demo test check docs captures bench tsan build release install setup python python-v1 python-v2 format clean

setup:
	@Tests/Setup/packages.sh build

python: python-v1 python-v2

# PYTHON of the setup is the interpreter, PYTHON here the folder.
python-v1 python-v2:
	@Tests/Setup/packages.sh test
	@env -u PYTHON Tests/InteroperabilityTests/Python/setup.sh $(@:python-%=%) $(if $(filter %v1,$@),$(PYTHON),$(PYTHON2))

build: setup
	$(SWIFT) build --product mcp-inspect --scratch-path $(BUILD) -j $(JOBS)

release: setup
	$(SWIFT) $(RELEASE) --product mcp-inspect --static-swift-stdlib

demo: build python-v1
	@Tests/Setup/demo.sh $(BUILD)/debug/mcp-inspect $(PYTHON)

test: setup python
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error --scratch-path $(BUILD) -j $(JOBS)
	$(SWIFT) $(RELEASE) --product conversation-cost
	@set -e; for target in $(TEST_TARGETS); do \
	    echo "$${target}Tests"; $(RUN_TESTS) --filter "^$${target}Tests\."; done

check: setup
	$(SWIFT) format lint --strict --recursive Sources Tests Package.swift
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error --scratch-path $(BUILD) -j $(JOBS)
	$(SWIFT) test --skip-build --scratch-path $(BUILD) --filter ArchitectureTests

docs: setup
	$(SWIFT) build --scratch-path $(BUILD) -j $(JOBS)
	@SWIFT=$(SWIFT) Tests/Setup/docs.sh $(BUILD) $(BUILD)/docs

captures: build python
	@python3 captures/making/remake.py --inspect $(abspath $(BUILD))/debug/mcp-inspect \
	    --python $(abspath $(PYTHON)) --python2 $(abspath $(PYTHON2)) $(NAMES)

bench: release
	@Tests/Setup/packages.sh bench
	$(SWIFT) $(RELEASE) --product pipeline-bench --static-swift-stdlib
	$(SWIFT) $(RELEASE) --product planning-bench --static-swift-stdlib
	$(BUILD)/release/planning-bench
	$(SWIFT) $(RELEASE) --product session-bench --static-swift-stdlib
	@python3 Tests/Benchmarks/recorders_bench.py --inspect $(BUILD)/release/mcp-inspect
	@for dialect in http+sse streamable stateless; do \
	    $(BUILD)/release/session-bench $(BUILD)/release/mcp-inspect --sessions 9000 --dialect $$dialect \
	    --heartbeat-ms 5000 || exit 1; done
	@Tests/Benchmarks/run.sh $(BUILD)/release .build-bench

# The concurrency tests under the thread sanitizer, in a tree of its own. Takes ten minutes and more.
tsan: setup
	@Tests/ThreadSanitizer/run.sh $(abspath .build-tsan)

install: release
	install -D -s -m 0755 $(BUILD)/release/mcp-inspect $(DESTDIR)$(PREFIX)/bin/mcp-inspect

format:
	$(SWIFT) format --in-place --recursive Sources Tests Package.swift

clean:
	rm -rf $(BUILD) $(PYTHON) $(PYTHON2)
