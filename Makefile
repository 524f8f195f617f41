# Dolen: make run (try it), make check (test it), make (build it). docs/building.md says more.
BUILD   ?= build
CC      ?= gcc
WARN     = -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wformat=2 -Wundef -Wcast-qual -Wwrite-strings \
           -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wnull-dereference -Wno-format-nonliteral
OPT     ?= -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
CFLAGS  += -std=c11 $(WARN) $(OPT)
CPPFLAGS += -D_GNU_SOURCE -DGCC_PRINTF -Iinclude -DDOLEN_SHARE_DEFAULT='"$(abspath .)"'
LDFLAGS += -pie -Wl,-z,relro,-z,now -Wl,--exclude-libs,ALL

PKG      = ncursesw libsodium yaml-0.1 uuid libutf8proc jansson
PKG_CFLAGS := $(shell pkg-config --cflags $(PKG) 2>/dev/null)
SQLCIPHER_A ?= $(shell $(CC) -print-file-name=libsqlcipher.a)
LIBS_base  = -ljansson -luuid -lutf8proc
LIBS_vault = -lsodium
LIBS_db    = $(SQLCIPHER_A) -lcrypto -lm -lpthread -ldl
LIBS_forms = -lyaml
LIBS_ui    = $(shell pkg-config --libs ncursesw 2>/dev/null)
LIBS       = $(LIBS_ui) $(LIBS_forms) $(LIBS_db) $(LIBS_vault) $(LIBS_base)

# Lowest first. Each layer is a static library; the program links them in the opposite order.
LAYERS   = base core forms vault db store exchange drill ui app
HAVE     = $(foreach l,$(LAYERS),$(if $(wildcard src/$(l)/*.c),$(l)))
srcs     = $(filter-out src/app/main.c,$(wildcard src/$(1)/*.c))
objs     = $(patsubst src/%.c,$(BUILD)/%.o,$(call srcs,$(1)))
ARCHIVES = $(foreach l,$(HAVE),$(BUILD)/lib$(l).a)
reverse  = $(if $(1),$(call reverse,$(wordlist 2,$(words $(1)),$(1))) $(firstword $(1)))

all: $(BUILD)/dolen $(BUILD)/locale/cy/LC_MESSAGES/dolen.mo

$(BUILD)/dolen: $(BUILD)/app/main.o $(ARCHIVES)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< $(call reverse,$(ARCHIVES)) $(LIBS)

define archive
$(BUILD)/lib$(1).a: $(call objs,$(1))
	@rm -f $$@
	$(AR) rcs $$@ $$^
endef
$(foreach l,$(HAVE),$(eval $(call archive,$(l))))

$(BUILD)/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(CPPFLAGS) $(PKG_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/locale/cy/LC_MESSAGES/dolen.mo: po/cy.po
	@mkdir -p $(@D)
	msgfmt --check-format --check-header -o $@ $<

include tests/tests.mk

clean:
	rm -rf $(BUILD) build-asan build-clang

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
.PHONY: all clean
