#ifndef ADAPTERS_HTTP_API_API_TOKEN_H
#define ADAPTERS_HTTP_API_API_TOKEN_H

#include <stdbool.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/* 256 random bits as hexadecimal digits. */
#define API_TOKEN_DIGITS 64

/* The file "api-token" beside a library; the caller frees it. */
char *api_token_path(const char *library);

/*
 * Reads the token, or makes it at the first time: a file of mode 0600. Refused, with what to do, if
 * others could read it, or if what it holds is no token.
 */
enum status api_token_get(const char *path, char token[API_TOKEN_DIGITS + 1], struct error *error);

/* Whether what a client sent is the token; takes the same time whatever it sent. */
bool api_token_is(const char *token, const char *sent);

#endif
