#include "adapters/engine/serve_job.h"

#include <stdio.h>
#include <stdlib.h>

#include "adapters/http_api/api_access.h"
#include "adapters/http_api/http_api.h"
#include "adapters/sqlite/database.h"

static enum status read_token(
	const struct serve_job *job, char token[API_TOKEN_DIGITS + 1], struct error *error)
{
	const char *library = database_path(job->library->database);
	enum status status;
	char *path;

	if (!library) {
		error_set(error, "a library that is thrown away is not served");
		return STATUS_REFUSED;
	}
	path = api_token_path(library);
	status = api_token_get(path, token, error);
	free(path);
	return status;
}

enum status serve_job_start(struct serve_job *job, const char *where, struct error *error)
{
	struct http_api_setup setup = {
		.library = job->library, .http = job->http, .loop = job->loop};
	enum status status;

	if (job->api)
		return STATUS_OK;
	status = read_token(job, setup.token, error);
	if (status == STATUS_OK)
		status = listener_open(&setup.listener, where, false, error);
	if (status != STATUS_OK)
		return status;
	job->api = http_api_start(&setup, error);
	if (!job->api)
		return STATUS_REFUSED;
	snprintf(job->name, sizeof(job->name), "%s", setup.listener.name);
	return STATUS_OK;
}

void serve_job_stop(struct serve_job *job)
{
	http_api_stop(job->api);
	job->api = NULL;
}

void serve_job_notify(struct serve_job *job)
{
	if (job->api)
		http_api_notify(job->api);
}
