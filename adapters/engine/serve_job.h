#ifndef ADAPTERS_ENGINE_SERVE_JOB_H
#define ADAPTERS_ENGINE_SERVE_JOB_H

#include <stdbool.h>

#include "adapters/bootstrap.h"
#include "adapters/engine/poll_loop.h"
#include "adapters/http/http_client.h"

struct http_api;

/*
 * The library over HTTP while a screen is open (adapters/http_api), in the engine's own wait. Its
 * setup, all borrowed, is the first three members.
 */
struct serve_job {
	struct library *library;
	struct http_client *http;
	struct poll_loop *loop;
	struct http_api *api; /* NULL: it does not serve */
	char name[80];        /* where it listens, "127.0.0.1:9090" */
};

/*
 * where is ADDRESS:PORT or a part of it, "" for what "barky serve" takes by itself; only addresses
 * of this machine. If it serves already it goes on as it does.
 */
enum status serve_job_start(struct serve_job *job, const char *where, struct error *error);

void serve_job_stop(struct serve_job *job); /* one that does not serve is fine */

/* Another program has changed the library: who follows the log is told. */
void serve_job_notify(struct serve_job *job);

#endif
