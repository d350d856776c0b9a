libdomain_a_SOURCES = \
	domain/bookmark.c domain/bookmark.h \
	domain/bookmark_handlers.c \
	domain/bookmark_source.h \
	domain/buffer.c domain/buffer.h \
	domain/bus.c domain/bus.h \
	domain/catalogue.h \
	domain/change.c \
	domain/clock.h \
	domain/command.c domain/command.h \
	domain/engine.c domain/engine.h \
	domain/event.c domain/event.h \
	domain/event_queue.c domain/event_queue.h \
	domain/handlers.c domain/handlers.h \
	domain/import_handlers.c \
	domain/journal.h \
	domain/memory.c domain/memory.h \
	domain/moment.c domain/moment.h \
	domain/outcome.c domain/outcome.h \
	domain/reason.c domain/reason.h \
	domain/repository.h \
	domain/search/bits.c domain/search/bits.h \
	domain/search/common_grams.c domain/search/common_grams.h \
	domain/search/consult.c domain/search/consult.h \
	domain/search/consult_order.c \
	domain/search/duplicates.c domain/search/duplicates.h \
	domain/search/gram_index.c domain/search/gram_index.h \
	domain/search/hits.c domain/search/hits.h \
	domain/search/id_index.c domain/search/id_index.h \
	domain/search/lane.h \
	domain/search/letters.c domain/search/letters.h \
	domain/search/match_ask.c \
	domain/search/match_fuzzy.c \
	domain/search/match_known.c \
	domain/search/match_look.c \
	domain/search/match_rank.c \
	domain/search/match_step.h \
	domain/search/match_term.c \
	domain/search/matcher.c domain/search/matcher.h \
	domain/search/needle.c domain/search/needle.h \
	domain/search/query.c domain/search/query.h \
	domain/search/query_dates.c domain/search/query_dates.h \
	domain/search/query_lexer.c domain/search/query_lexer.h \
	domain/search/query_marks.c \
	domain/search/query_parser.c \
	domain/search/regex.c domain/search/regex.h \
	domain/search/row.c domain/search/row.h \
	domain/search/row_block.c domain/search/row_block.h \
	domain/search/row_index.c domain/search/row_index.h \
	domain/search/row_order.c domain/search/row_order.h \
	domain/search/search.c domain/search/search.h \
	domain/search/search_result.c domain/search/search_result.h \
	domain/search/shelf.c domain/search/shelf.h \
	domain/search/stock.c domain/search/stock.h \
	domain/signal.c domain/signal.h \
	domain/stars/star.h \
	domain/stars/star_follow.c domain/stars/star_follow.h \
	domain/stars/star_handlers.c \
	domain/stars/star_intake.c domain/stars/star_intake.h \
	domain/stars/star_ledger.c domain/stars/star_ledger.h \
	domain/stars/star_sharing.c domain/stars/star_sharing.h \
	domain/status.c domain/status.h \
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
