# Dolen: make run (try it), make check (test it), make (build it). docs/building.md says more.
BUILD   ?= build
JOBS    ?= $(shell nproc 2>/dev/null || echo 2)
PREFIX  ?= /usr/local
SHARE   ?= $(abspath .)
ifeq ($(origin CC),default)
CC       = gcc
endif
WARN     = -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wformat=2 -Wundef -Wcast-qual -Wwrite-strings \
           -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wnull-dereference -Wno-format-nonliteral
OPT     ?= -O2 -g -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
CFLAGS  += -std=c11 $(WARN) $(OPT)
CPPFLAGS += -D_GNU_SOURCE -DGCC_PRINTF -Iinclude -DDOLEN_SHARE_DEFAULT='"$(SHARE)"'
# The symbols of what is linked statically stay inside (a sanitizer linked statically must be left out of this).
HIDE    ?= -Wl,--exclude-libs,ALL
LDFLAGS += -pie -Wl,-z,relro,-z,now -Wl,--as-needed $(HIDE)

PKG      = ncursesw libsodium yaml-0.1 uuid libutf8proc jansson libpq
PKG_CFLAGS := $(shell pkg-config --cflags $(PKG) 2>/dev/null)
# Static, so that no other SQLite in the process can capture its symbols and write in clear.
SQLCIPHER_A ?= $(shell $(CC) -print-file-name=libsqlcipher.a 2>/dev/null)
LIBS_base  = -lcsv -ljansson -luuid -lutf8proc
LIBS_vault = -lsodium
LIBS_db    = $(SQLCIPHER_A) -lcrypto -lm -lpthread -ldl
LIBS_forms = -lyaml
LIBS_exchange = -lzip -lxlsxwriter
LIBS_carry = -lcurl
LIBS_hub  := $(shell pkg-config --libs libpq 2>/dev/null)
LIBS_ui   := $(shell pkg-config --libs ncursesw 2>/dev/null)
# PDF is drawn by a helper program, made where Pango is installed; without it dolen prints text and HTML.
PDF        = $(if $(shell pkg-config --exists pangocairo cairo-pdf 2>/dev/null && echo yes),$(BUILD)/dolen-print)
PDF_CFLAGS = $(patsubst -I%,-isystem %,$(shell pkg-config --cflags pangocairo cairo-pdf))
PDF_LIBS   = $(shell pkg-config --libs pangocairo cairo-pdf)
LIBS       = $(LIBS_ui) $(LIBS_exchange) $(LIBS_forms) $(LIBS_db) $(LIBS_vault) $(LIBS_base)

# Lowest first. Each layer is a static library; the program links them in the opposite order.
LAYERS   = base core forms vault db store exchange carry report print drill ui app hub
HAVE     = $(foreach l,$(LAYERS),$(if $(wildcard src/$(l)/*.c),$(l)))
# The app is what every front shares; its fronts stand in folders: commands, line mode, the screens.
FOLDERS_app = app app/cmd app/plain app/tui
folders  = $(or $(FOLDERS_$(1)),$(1))
srcs     = $(filter-out src/%/main.c,$(foreach f,$(call folders,$(1)),$(wildcard src/$(f)/*.c)))
objs     = $(patsubst src/%.c,$(BUILD)/%.o,$(call srcs,$(1)))
# The hub is a program of its own: it draws no screen and opens no case file. So is what carries files over the network: what
# parses bytes from outside never shares a process with the keys.
HUB      = $(filter hub report exchange store db vault forms core base,$(HAVE))
ARCHIVES = $(foreach l,$(filter-out hub carry,$(HAVE)),$(BUILD)/lib$(l).a)
CARRY_ARCHIVES = $(foreach l,carry exchange vault base,$(BUILD)/lib$(l).a)
HUB_ARCHIVES = $(foreach l,$(HUB),$(BUILD)/lib$(l).a)
reverse  = $(if $(1),$(call reverse,$(wordlist 2,$(words $(1)),$(1))) $(firstword $(1)))
MO       = $(BUILD)/locale/cy/LC_MESSAGES/dolen.mo
say      = $(if $(V),,@printf '  %-5s %s\n' $(1) '$(2)';)

all: $(BUILD)/dolen $(BUILD)/dolen-carry $(BUILD)/dolen-hub $(PDF) $(MO)

$(BUILD)/dolen: $(BUILD)/app/main.o $(ARCHIVES)
	$(call say,link,$@)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< $(call reverse,$(ARCHIVES)) $(LIBS)

$(BUILD)/dolen-carry: $(BUILD)/carry/main.o $(CARRY_ARCHIVES)
	$(call say,link,$@)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS_carry) $(LIBS_vault) $(LIBS_base)

$(BUILD)/dolen-hub: $(BUILD)/hub/main.o $(HUB_ARCHIVES)
	$(call say,link,$@)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< $(call reverse,$(HUB_ARCHIVES)) $(LIBS_hub) \
	        $(filter-out $(LIBS_ui),$(LIBS))

# Private: what it depends on keeps the flags of everybody else.
PDF_OBJS = $(patsubst src/%.c,$(BUILD)/%.o,$(wildcard src/print/pdf/*.c))
$(PDF_OBJS): private PKG_CFLAGS += $(PDF_CFLAGS)
$(BUILD)/dolen-print: $(PDF_OBJS) $(BUILD)/libprint.a $(BUILD)/libbase.a
	$(call say,link,$@)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(PDF_LIBS) $(LIBS_base)

# An archive is remade when its list of members changes, so a deleted source leaves nothing behind.
define archive
$(BUILD)/lib$(1).a: $(call objs,$(1)) $(BUILD)/lib$(1).list
	$$(call say,ar,$$@)rm -f $$@ && $(AR) rcs $$@ $(call objs,$(1))
$(BUILD)/lib$(1).list: FORCE
	@mkdir -p $$(@D); echo '$(call objs,$(1))' | cmp -s - $$@ || echo '$(call objs,$(1))' > $$@
endef
$(foreach l,$(HAVE),$(eval $(call archive,$(l))))

$(BUILD)/app/%.o: private CPPFLAGS += -Isrc/app
$(BUILD)/%.o: src/%.c $(BUILD)/flags | $(BUILD)/ready
	@mkdir -p $(@D)
	$(call say,cc,$<)$(CC) $(CFLAGS) $(CPPFLAGS) $(PKG_CFLAGS) -MMD -MP -c -o $@ $<

# Everything is compiled again when the compiler or its flags change.
FLAGS_NOW = $(subst ','\'',$(CC) $(CFLAGS) $(CPPFLAGS) $(LDFLAGS) $(PKG_CFLAGS) $(SQLCIPHER_A))
$(BUILD)/flags: FORCE
	@mkdir -p $(@D); echo '$(FLAGS_NOW)' | cmp -s - $@ || echo '$(FLAGS_NOW)' > $@

# One clear sentence about missing packages, in place of a compiler's guess.
$(BUILD)/ready: tools/deps.sh
	@mkdir -p $(@D); tools/deps.sh --check build && touch $@

$(MO): po/cy.po
	@mkdir -p $(@D)
	@! msgattrib --untranslated --no-obsolete $< | grep . || { echo '$<: not all of it is in Welsh; see make po-check' >&2; exit 1; }
	@! msgattrib --only-fuzzy --no-obsolete $< | grep . || { echo '$<: some of its Welsh is uncertain; see make po-check' >&2; exit 1; }
	$(call say,mo,$@)msgfmt --check-format --check-header -o $@ $<

include tests/tests.mk

deps:
	@tools/deps.sh build print test

# A second make, because this one looked for the libraries before they were installed.
run: deps
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@BUILD='$(BUILD)' tools/run.sh

layers:
	@tools/layers.sh

code-map:
	@tools/code-map.sh > docs/code-map.md.new && mv docs/code-map.md.new docs/code-map.md

# Translations: pot gathers the strings, po-update brings cy.po up to them, po-check proves the Welsh complete.
pot:
	@tools/po.sh pot
po-update:
	@tools/po.sh update
po-check:
	@tools/po.sh check
pseudo:
	@BUILD='$(BUILD)' tools/pseudo.sh

# No warning from either compiler.
clang:
	@$(MAKE) --no-print-directory -j$(JOBS) CC=clang BUILD=build-clang OPT='$(OPT) -Werror' all programs
strict:
	@$(MAKE) --no-print-directory -j$(JOBS) BUILD=build-strict OPT='$(OPT) -Werror' all programs

SANITIZE = -O1 -g -fPIE -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined
asan:
	@$(MAKE) --no-print-directory -j$(JOBS) BUILD=build-asan OPT='$(SANITIZE)' all programs
	@BUILD=build-asan LIGHT=1 ASAN_OPTIONS=verify_asan_link_order=0 tests/run.sh unit canvas ui cli

MAN         = $(DESTDIR)$(PREFIX)/share/man
COMPLETIONS = $(DESTDIR)$(PREFIX)/share/bash-completion/completions
DOC         = $(DESTDIR)$(PREFIX)/share/doc/dolen
# The installed program looks for its definitions under the prefix, so it is built apart.
install:
	@$(MAKE) --no-print-directory -j$(JOBS) BUILD=build-install SHARE=$(PREFIX)/share/dolen all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/dolen
	install -m 755 build-install/dolen $(DESTDIR)$(PREFIX)/bin/dolen
	install -m 755 build-install/dolen-hub $(DESTDIR)$(PREFIX)/bin/dolen-hub
	install -D -m 755 build-install/dolen-carry $(DESTDIR)$(PREFIX)/libexec/dolen/dolen-carry
	$(if $(PDF),install -D -m 755 build-install/dolen-print $(DESTDIR)$(PREFIX)/libexec/dolen/dolen-print)
	cp -R --no-preserve=ownership forms $(DESTDIR)$(PREFIX)/share/dolen/
	install -D -m 644 build-install/locale/cy/LC_MESSAGES/dolen.mo \
	        $(DESTDIR)$(PREFIX)/share/dolen/locale/cy/LC_MESSAGES/dolen.mo
	install -d $(MAN)/man1 $(MAN)/cy/man1 $(COMPLETIONS) $(DOC)/docs
	for p in dolen dolen-hub; do \
	    build-install/$$p help man > $(MAN)/man1/$$p.1 && \
	    build-install/$$p --lang cy help man > $(MAN)/cy/man1/$$p.1 || exit 1; \
	done
	build-install/dolen help completion > $(COMPLETIONS)/dolen
	install -m 644 LICENSE NOTICE README.md $(DOC)/
	install -m 644 docs/*.md $(DOC)/docs/

clean:
	rm -rf $(BUILD) build-asan build-clang build-strict build-fuzz build-install

FORCE:
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
.PHONY: all deps run layers code-map pot po-update po-check pseudo clang strict asan install clean FORCE
