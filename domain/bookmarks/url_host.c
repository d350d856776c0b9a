#include <idn2.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/text.h"
#include "domain/bookmarks/url_escape.h"
#include "domain/bookmarks/url_parts.h"

static bool is_ascii(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)text[i] >= 0x80)
			return false;
	return true;
}

/* But for the digits of escapes, which are in upper case. */
static void lower(char *text)
{
	for (; *text; text++) {
		if (*text == '%' && text[1] && text[2])
			text += 2;
		else if (*text >= 'A' && *text <= 'Z')
			*text |= 0x20;
	}
}

/* UTS 46 maps some characters to what would end the host. */
static bool is_plain_label(const char *label)
{
	return *label && !label[strcspn(label, "/?#@:[]%\\ .")];
}

/* A label that IDNA does not allow (an emoji, say) is compared by its escapes. */
static void add_label(const char *label, size_t length, struct buffer *out)
{
	struct buffer text = {0};
	uint8_t *name = NULL;

	buffer_add(&text, label, length);
	if (!is_ascii(label, length) &&
		idn2_lookup_u8((const uint8_t *)text.text, &name,
			IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) == IDN2_OK &&
		is_plain_label((const char *)name)) {
		url_escape((const char *)name, strlen((const char *)name), out);
	} else {
		char *folded = text_fold_case(text.text);

		url_escape(folded, strlen(folded), out);
		free(folded);
	}
	idn2_free(name);
	buffer_finish(&text);
}

/* Bytes of the full stop at text, one of the four of UTS 46; 0 if it is none. */
static size_t full_stop(const char *text)
{
	static const char *const stops[] = {".", "。", "．", "｡"};

	for (size_t i = 0; i < sizeof(stops) / sizeof(stops[0]); i++)
		if (strncmp(text, stops[i], strlen(stops[i])) == 0)
			return strlen(stops[i]);
	return 0;
}

static void add_labels(const char *host, struct buffer *out)
{
	while (*host) {
		size_t length = 0, stop = 0;

		while (host[length] && !(stop = full_stop(host + length)))
			length++;
		if (length)
			add_label(host, length, out);
		if (stop)
			buffer_add_char(out, '.');
		host += length + stop;
	}
}

/* The escapes of a name stand for its UTF-8 (RFC 3986 section 3.2.2). */
static void add_decoded(struct url_span host, struct buffer *out)
{
	struct buffer decoded = {0};

	url_unescape(host.start, host.length, &decoded);
	if (!is_ascii(decoded.text, decoded.length) &&
		text_is_valid(decoded.text, decoded.length) &&
		strlen(decoded.text) == decoded.length)
		add_labels(decoded.text, out);
	else
		url_escape(host.start, host.length, out);
	buffer_finish(&decoded);
}

char *url_host_normal(struct url_span host)
{
	struct buffer out = {0};
	char *text;

	if (host.length && host.start[0] == '[')
		url_escape(host.start, host.length, &out);
	else if (host.length)
		add_decoded(host, &out);
	text = buffer_take(&out);
	lower(text);
	return text;
}
