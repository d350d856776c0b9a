#ifndef ADAPTERS_FORMATS_CSV_H
#define ADAPTERS_FORMATS_CSV_H

#include "adapters/formats/reader.h"
#include "adapters/formats/writer.h"

/*
 * Comma-separated values (RFC 4180) with a header row: barky's own names, and those of Pocket,
 * Instapaper, Raindrop and others, told apart by the header.
 *
 * A spreadsheet takes a cell that begins with "=", "+", "-", "@", TAB or CR for a formula. Such a
 * cell, and one that has "'" before one of these, goes out with one more "'" in front, which is
 * taken off again on the way in.
 */
extern const struct format_reader csv_reader;
extern const struct format_writer csv_writer;

/* Whether a cell has, behind any number of "'", what a spreadsheet takes for a formula. */
bool csv_is_formula(const char *cell);

#endif
