#include "adapters/cli/cli_command.h"

#include <idn2.h>
#include <jansson.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "adapters/cli/output.h"
#include "adapters/system/shared_library.h"

#define VERSION_MAX 64

static void sqlite_version(char *version)
{
	snprintf(version, VERSION_MAX, "SQLite %s", sqlite3_libversion());
}

/* "libcurl/7.88.1 OpenSSL/3.0.15 zlib/1.2.13 …": the first word is its own. */
static void curl_version_of(char *version)
{
	static const struct library_function function = {"curl_version", 0};
	char *(*ask)(void);

	if (shared_library_open(CURL_SONAME, &function, 1, &ask, NULL) != STATUS_OK) {
		snprintf(version, VERSION_MAX, "libcurl (not found)");
		return;
	}
	snprintf(version, VERSION_MAX, "%.*s", (int)strcspn(ask(), " "), ask());
	version[strcspn(version, "/")] = ' ';
}

/* "20914": the digits are major, minor, patch. Where threads have a copy each a function has it. */
static const char *xml_number(void)
{
	static const struct library_function variable = {"xmlParserVersion", 0};
	static const struct library_function function = {"__xmlParserVersion", 0};
	const char *const *(*ask)(void);
	const char *const *number;

	if (shared_library_open(XML2_SONAME, &variable, 1, &number, NULL) == STATUS_OK)
		return *number;
	if (shared_library_open(XML2_SONAME, &function, 1, &ask, NULL) == STATUS_OK)
		return *ask();
	return NULL;
}

static void xml_version(char *version)
{
	const char *number = xml_number();
	int digits = 0;

	if (!number || sscanf(number, "%d", &digits) != 1)
		snprintf(version, VERSION_MAX, "libxml2 (not found)");
	else
		snprintf(version, VERSION_MAX, "libxml2 %d.%d.%d", digits / 10000,
			digits / 100 % 100, digits % 100);
}

static void jansson_version(char *version)
{
	snprintf(version, VERSION_MAX, "jansson %s", JANSSON_VERSION);
}

/* "10.42 2022-12-11" */
static void pcre_version(char *version)
{
	char text[VERSION_MAX] = "";

	pcre2_config(PCRE2_CONFIG_VERSION, text);
	snprintf(version, VERSION_MAX, "PCRE2 %.*s", (int)strcspn(text, " "), text);
}

static void utf8proc_version_of(char *version)
{
	snprintf(version, VERSION_MAX, "utf8proc %s", utf8proc_version());
}

static void idn_version(char *version)
{
	snprintf(version, VERSION_MAX, "libidn2 %s", idn2_check_version(NULL));
}

static void (*const libraries[])(char *version) = {sqlite_version, curl_version_of, xml_version,
	jansson_version, pcre_version, utf8proc_version_of, idn_version};

void version_print(struct output *output, const char *screen_library)
{
	output_format(output, "barky %s\n%s", BARKY_VERSION, screen_library);
	for (size_t i = 0; i < sizeof(libraries) / sizeof(libraries[0]); i++) {
		char version[VERSION_MAX];

		libraries[i](version);
		output_format(output, ", %s", version);
	}
	output_string(output, "\n");
}
