#ifndef ADAPTERS_FORMATS_NETSCAPE_H
#define ADAPTERS_FORMATS_NETSCAPE_H

#include "adapters/formats/reader.h"
#include "adapters/formats/writer.h"

/*
 * The bookmark file of Netscape Navigator, which every browser and every service writes in a
 * dialect of its own: Firefox, Chrome, Safari, Internet Explorer, Delicious, Pinboard, Shaarli;
 * and the lists of links of Pocket and Instapaper. The nearest thing to a standard is
 * https://learn.microsoft.com/previous-versions/windows/internet-explorer/ie-developer/platform-apis/aa753582(v=vs.85)
 */
extern const struct format_reader netscape_reader;
extern const struct format_writer netscape_writer;

#endif
