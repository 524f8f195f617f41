# Unit tests: tests/unit/<layer>/test_*.c, each a cmocka program that links its layer and those below it.
unit_below_base = base
unit_below_core = core base
unit_below_forms = forms core base
unit_below_vault = vault base
unit_below_db = db vault base
unit_below_store = store db vault core base
unit_below_exchange = exchange store db vault forms core base
unit_below_drill = drill store db vault forms core base
unit_below_ui = ui store db vault forms core base
unit_below_app = app ui drill exchange store db vault forms core base

define unit_layer
$(BUILD)/tests/unit/$(1)/%: tests/unit/$(1)/%.c $$(foreach l,$$(filter $$(HAVE),$$(unit_below_$(1))),$(BUILD)/lib$$(l).a)
	@mkdir -p $$(@D)
	$$(CC) $$(CFLAGS) $$(CPPFLAGS) $$(PKG_CFLAGS) -Itests/lib -Isrc -MMD -MP $$(LDFLAGS) -o $$@ $$< $$(filter %.a,$$^) $$(LIBS) -lcmocka
UNIT_$(1) = $$(patsubst tests/%.c,$(BUILD)/tests/%,$$(wildcard tests/unit/$(1)/test_*.c))
unit-$(1): $$(UNIT_$(1))
	@for t in $$(UNIT_$(1)); do echo "== $$$$t"; $$$$t || exit 1; done
.PHONY: unit-$(1)
endef
$(foreach l,$(LAYERS),$(eval $(call unit_layer,$(l))))
UNIT = $(foreach l,$(LAYERS),$(UNIT_$(l)))
