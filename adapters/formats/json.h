#ifndef ADAPTERS_FORMATS_JSON_H
#define ADAPTERS_FORMATS_JSON_H

#include "adapters/formats/reader.h"
#include "adapters/formats/writer.h"

/*
 * JSON (RFC 8259). json is an array of bookmarks, jsonl one a line, both in barky's own form or in
 * that of another program, told apart by their keys: Firefox's backup, linkding, buku, Pinboard,
 * GitHub (see json_record.h). Arrays are read an element at a time.
 */
extern const struct format_reader json_reader;
extern const struct format_reader jsonl_reader;
extern const struct format_reader pinboard_reader;
extern const struct format_reader github_reader;
extern const struct format_reader chrome_reader;
extern const struct format_writer json_format_writer;
extern const struct format_writer jsonl_format_writer;

#endif
