libadapters_a_SOURCES = \
	adapters/bytes.c adapters/bytes.h \
	adapters/decoder.c adapters/decoder.h \
	adapters/file_export.h \
	adapters/file_import.c adapters/file_import.h \
	adapters/formats/dates.c adapters/formats/dates.h \
	adapters/formats/folders.c adapters/formats/folders.h \
	adapters/formats/formats.c adapters/formats/formats.h \
	adapters/formats/netscape.h \
	adapters/formats/netscape_reader.c \
	adapters/formats/netscape_writer.c \
	adapters/formats/reader.h \
	adapters/formats/record.c adapters/formats/record.h \
	adapters/formats/writer.h \
	adapters/html_mender.c adapters/html_mender.h \
	adapters/html_parser.c adapters/html_parser.h \
	adapters/http_answer.c adapters/http_answer.h \
	adapters/http_client.c adapters/http_client.h \
	adapters/http_exchange.c adapters/http_exchange.h \
	adapters/http_library.c adapters/http_library.h \
	adapters/input.c adapters/input.h \
	adapters/json_writer.c adapters/json_writer.h \
	adapters/library_watch.c adapters/library_watch.h \
	adapters/mailbox.c adapters/mailbox.h \
	adapters/paths.c adapters/paths.h \
	adapters/reporter.c adapters/reporter.h \
	adapters/system_clock.c adapters/system_clock.h \
	adapters/xml_library.c adapters/xml_library.h

ADAPTERS_CFLAGS = $(SQLITE_CFLAGS) $(CURL_CFLAGS) $(JANSSON_CFLAGS) $(XML2_CFLAGS)
libadapters_a_CPPFLAGS = $(AM_CPPFLAGS) $(ADAPTERS_CFLAGS)
ADAPTERS_LIBS = $(SQLITE_LIBS) $(JANSSON_LIBS) -lpthread
