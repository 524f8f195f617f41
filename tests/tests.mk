# tests.mk - how tests are built and run.
# unit/<layer>/test_*.c, canvas/, fault/test_*.c and wide/test_*.c (big peers) are cmocka programs; ui/*.t are terminal scripts that
# tests/lib/ptydrive.c reads; cli/*.sh and fault/*.sh are shell scripts on tests/lib/cli.sh. tests/run.sh runs and counts.
unit_below_base = base
unit_below_core = core base
unit_below_forms = forms core base
unit_below_vault = vault base
unit_below_db = db vault base
unit_below_store = store db vault core base
unit_below_exchange = exchange store db vault forms core base
unit_below_carry = carry exchange vault base
unit_below_report = report exchange store db vault forms core base
unit_below_hub = hub report exchange store db vault forms core base
unit_below_print = print forms store db vault core base
unit_below_drill = drill store db vault forms core base
unit_below_ui = ui store db vault forms core base
unit_below_app = app ui drill print report carry exchange store db vault forms core base

T = $(BUILD)/tests
below    = $(foreach l,$(filter $(HAVE),$(1)),$(BUILD)/lib$(l).a)
c_to_bin = $(patsubst tests/%.c,$(T)/%,$(wildcard $(1)))
# Compiles one test program and links it; its dependency file names the program itself.
build_test = $(CC) $(CFLAGS) $(CPPFLAGS) $(PKG_CFLAGS) -Itests/lib -Isrc -Isrc/app -MMD -MP -MF $@.d -MT $@ $(LDFLAGS) -o $@ $<

# Fixtures that any test may call: tests/lib/fix_*.c, each with its header.
FIX_SRC = $(wildcard tests/lib/fix_*.c)
FIX     = $(if $(FIX_SRC),$(T)/libfix.a)
$(T)/lib/%.o: tests/lib/%.c $(BUILD)/flags | $(BUILD)/ready
	@mkdir -p $(@D)
	$(call say,cc,$<)$(CC) $(CFLAGS) $(CPPFLAGS) $(PKG_CFLAGS) -MMD -MP -c -o $@ $<
$(T)/libfix.a: $(patsubst tests/%.c,$(T)/%.o,$(FIX_SRC))
	$(call say,ar,$@)rm -f $@ && $(AR) rcs $@ $^

define unit_layer
$(T)/unit/$(1)/%: tests/unit/$(1)/%.c $(call below,$(unit_below_$(1))) $(FIX) $(BUILD)/flags | $(BUILD)/ready
	@mkdir -p $$(@D)
	$$(call say,test,$$<)$$(build_test) $(FIX) $(call below,$(unit_below_$(1))) $(if $(filter hub,$(1)),$$(LIBS_hub)) $$(LIBS) -lcmocka
UNIT_$(1) = $(call c_to_bin,tests/unit/$(1)/test_*.c)
unit-$(1): $(call c_to_bin,tests/unit/$(1)/test_*.c)
	@for t in $$^; do echo "== $$$$t"; $$$$t || exit 1; done
.PHONY: unit-$(1)
endef
$(foreach l,$(LAYERS),$(eval $(call unit_layer,$(l))))
UNIT = $(foreach l,$(LAYERS),$(UNIT_$(l)))

# What carries files, where a program looks for it first: beside itself.
define carrier_beside
$(T)/$(1)/dolen-carry: | $(BUILD)/dolen-carry
	@mkdir -p $$(@D) && ln -sfn '$(abspath $(BUILD))/dolen-carry' $$@
endef

# Programs that link every layer. In fault/, those not named test_* are what its scripts start.
EVERY = $(call below,$(unit_below_app))
# The catalogue, where a program looks for it first: beside itself.
define wide_folder
$(T)/$(1)/locale: | $(MO)
	@mkdir -p $$(@D) && ln -sfn ../../locale $$@
$(call carrier_beside,$(1))
$(T)/$(1)/%: tests/$(1)/%.c $(EVERY) $(FIX) $(BUILD)/flags | $(BUILD)/ready $(T)/$(1)/locale $(T)/$(1)/dolen-carry
	@mkdir -p $$(@D)
	$$(call say,test,$$<)$$(build_test) $(FIX) $(EVERY) $$(LIBS) -lcmocka
endef
$(foreach d,canvas fault wide bench,$(eval $(call wide_folder,$(d))))
CANVAS = $(call c_to_bin,tests/canvas/test_*.c)
FAULT  = $(call c_to_bin,tests/fault/*.c)
WIDE   = $(call c_to_bin,tests/wide/*.c)
BENCH  = $(call c_to_bin,tests/bench/*.c)

# test_transport opens roads over the network too.
$(eval $(call carrier_beside,unit/exchange))
$(UNIT_exchange): | $(T)/unit/exchange/dolen-carry

# The harness: tools of the tests that know nothing of the program, but for jq-lite's JSON reader and plain-play's forms.
HARNESS = $(T)/ptydrive $(T)/jq-lite $(T)/plain-play $(T)/hub-laptop $(T)/leakscan $(T)/power_cut $(T)/fault_shim.so $(T)/power_shim.so $(T)/clock_shim.so
$(T)/ptydrive: $(wildcard tests/lib/pty*.c tests/lib/pty*.h) $(BUILD)/flags | $(BUILD)/ready
	@mkdir -p $(@D)
	$(call say,test,$@)$(CC) $(CFLAGS) $(CPPFLAGS) $(LDFLAGS) -o $@ $(filter %.c,$^) -lvterm -lutil
$(T)/jq-lite: tests/lib/jq_lite.c $(call below,base) $(BUILD)/flags | $(BUILD)/ready
	@mkdir -p $(@D)
	$(call say,test,$@)$(build_test) $(call below,base) $(LIBS_base)
$(T)/plain-play: tests/lib/plain_play.c $(call below,forms core base) $(BUILD)/flags | $(BUILD)/ready
	@mkdir -p $(@D)
	$(call say,test,$@)$(build_test) $(call below,forms core base) $(LIBS)
$(T)/hub-laptop: tests/lib/hub_laptop.c $(FIX) $(call below,$(unit_below_hub)) $(BUILD)/flags | $(BUILD)/ready
	@mkdir -p $(@D)
	$(call say,test,$@)$(build_test) $(FIX) $(call below,$(unit_below_hub)) $(LIBS)
$(T)/leakscan $(T)/power_cut: $(T)/%: tests/lib/%.c $(BUILD)/flags | $(BUILD)/ready
	@mkdir -p $(@D)
	$(call say,test,$@)$(build_test)
$(T)/%_shim.so: tests/lib/%_shim.c tests/lib/shim.h $(BUILD)/flags | $(BUILD)/ready
	@mkdir -p $(@D)
	$(call say,test,$@)$(CC) -std=c11 $(WARN) -O2 -g -fPIC -D_GNU_SOURCE -Iinclude -shared -o $@ $< -ldl

# A false Welsh, for canvas/test_pseudo.
PSEUDO = $(BUILD)/pseudo/locale/cy/LC_MESSAGES/dolen.mo
$(PSEUDO): po/cy.po tools/pseudo.sh
	$(call say,mo,$@)BUILD='$(BUILD)' tools/pseudo.sh > /dev/null

programs: $(UNIT) $(CANVAS) $(FAULT) $(HARNESS) $(PSEUDO)

# A second make for what follows deps: this one looked for the libraries before they were installed.
check: deps
	@$(MAKE) --no-print-directory -j$(JOBS) all programs
	@BUILD='$(BUILD)' tests/run.sh unit canvas ui cli fault

# The rest, in order of length: both compilers strict, sanitizers, valgrind on the unit tests, then the whole check.
check-wide:
	@tools/deps.sh build print test wide
	@$(MAKE) --no-print-directory strict
	@$(MAKE) --no-print-directory clang
	@$(MAKE) --no-print-directory asan
	@$(MAKE) --no-print-directory valgrind
	@CASE_TRUE=1 $(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory -j$(JOBS) wide-programs
	@BUILD='$(BUILD)' CASE_TIMEOUT=1200 tests/run.sh wide
wide-programs: $(WIDE)

valgrind:
	@$(MAKE) --no-print-directory -j$(JOBS) all programs
	@BUILD='$(BUILD)' WRAP='valgrind -q --error-exitcode=99 --leak-check=no' CASE_TIMEOUT=1200 tests/run.sh unit canvas

# The fault tests at full length: 300 kills, 400 power cuts, every failing call.
torture: deps
	@$(MAKE) --no-print-directory -j$(JOBS) all programs
	@BUILD='$(BUILD)' TORTURE=1 CASE_TIMEOUT=7200 tests/run.sh fault

# Each tests/fuzz/NAME.c is a libFuzzer target; tests/fuzz/NAME/ holds its first inputs. FUZZ_SECONDS each.
FUZZ_SECONDS ?= 60
FUZZ_FLAGS = -O1 -g -fPIE -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined
FUZZ = $(call c_to_bin,tests/fuzz/*.c)
$(T)/fuzz/%: tests/fuzz/%.c $(EVERY) $(BUILD)/flags | $(BUILD)/ready
	@mkdir -p $(@D)
	$(call say,fuzz,$<)$(build_test) -fsanitize=fuzzer $(EVERY) $(LIBS)
fuzz-programs: $(FUZZ)
fuzz:
	@tools/deps.sh build print test wide
	@$(MAKE) --no-print-directory -j$(JOBS) CC=clang BUILD=build-fuzz HIDE= OPT='$(FUZZ_FLAGS)' fuzz-programs
	@BUILD=build-fuzz FUZZ_SECONDS=$(FUZZ_SECONDS) tests/fuzz.sh

bench: deps
	@$(MAKE) --no-print-directory -j$(JOBS) all bench-programs
	@BUILD='$(BUILD)' tests/bench/run.sh
bench-programs: $(BENCH)
# The hub beside sqlite3's .import and PostgreSQL's COPY.
bench-hub:
	@tools/deps.sh build print test wide
	@$(MAKE) --no-print-directory -j$(JOBS) all $(T)/hub-laptop
	@BUILD='$(BUILD)' tests/bench/hub.sh

# Every report over a country's year on PostgreSQL; smaller: BENCH_REFERRALS=25 make bench-hub-scale
bench-hub-scale:
	@tools/deps.sh build print test wide
	@$(MAKE) --no-print-directory -j$(JOBS) all $(T)/hub-laptop
	@BUILD='$(BUILD)' tests/bench/hub_scale.sh

.PHONY: programs wide-programs check check-wide valgrind torture fuzz fuzz-programs bench bench-programs bench-hub bench-hub-scale
