libdomain_a_SOURCES = \
	domain/bits.c domain/bits.h \
	domain/bookmark.c domain/bookmark.h \
	domain/bookmark_handlers.c \
	domain/bookmark_source.h \
	domain/buffer.c domain/buffer.h \
	domain/bus.c domain/bus.h \
	domain/catalogue.h \
	domain/change.c \
	domain/clock.h \
	domain/command.c domain/command.h \
	domain/duplicates.c domain/duplicates.h \
	domain/engine.c domain/engine.h \
	domain/event.c domain/event.h \
	domain/event_queue.c domain/event_queue.h \
	domain/gram_index.c domain/gram_index.h \
	domain/handlers.c domain/handlers.h \
	domain/hits.c domain/hits.h \
	domain/id_index.c domain/id_index.h \
	domain/import_handlers.c \
	domain/journal.h \
	domain/letters.c domain/letters.h \
	domain/match_fuzzy.c \
	domain/match_rank.c \
	domain/match_step.h \
	domain/match_term.c \
	domain/matcher.c domain/matcher.h \
	domain/memory.c domain/memory.h \
	domain/moment.c domain/moment.h \
	domain/needle.c domain/needle.h \
	domain/outcome.c domain/outcome.h \
	domain/query.c domain/query.h \
	domain/query_dates.c domain/query_dates.h \
	domain/query_lexer.c domain/query_lexer.h \
	domain/query_marks.c \
	domain/query_parser.c \
	domain/reason.c domain/reason.h \
	domain/regex.c domain/regex.h \
	domain/repository.h \
	domain/row.c domain/row.h \
	domain/row_block.c domain/row_block.h \
	domain/row_order.c domain/row_order.h \
	domain/search.c domain/search.h \
	domain/search_result.c domain/search_result.h \
	domain/shelf.c domain/shelf.h \
	domain/signal.c domain/signal.h \
	domain/star.h \
	domain/star_follow.c domain/star_follow.h \
	domain/star_handlers.c \
	domain/star_intake.c domain/star_intake.h \
	domain/star_ledger.c domain/star_ledger.h \
	domain/star_sharing.c domain/star_sharing.h \
	domain/status.c domain/status.h \
	domain/stock.c domain/stock.h \
	domain/tag_counts.c domain/tag_counts.h \
	domain/tag_handlers.c \
	domain/tag_set.c domain/tag_set.h \
	domain/text.c domain/text.h \
	domain/text_layout.c \
	domain/undo_handlers.c \
	domain/unit_of_work.h \
	domain/url.c domain/url.h \
	domain/url_escape.c domain/url_escape.h \
	domain/url_host.c \
	domain/url_parts.c domain/url_parts.h \
	domain/url_query.c domain/url_query.h

# Libraries that only compute: no input, no output.
DOMAIN_CFLAGS = $(UTF8PROC_CFLAGS) $(IDN2_CFLAGS) $(PCRE2_CFLAGS)
libdomain_a_CPPFLAGS = $(AM_CPPFLAGS) $(DOMAIN_CFLAGS)
DOMAIN_LIBS = $(UTF8PROC_LIBS) $(IDN2_LIBS) $(PCRE2_LIBS)
