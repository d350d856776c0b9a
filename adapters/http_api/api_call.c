#include "adapters/http_api/api_call.h"

#include "adapters/json/json_writer.h"

void api_answer(struct api_call *call, unsigned status)
{
	call->status = status;
}

void api_refuse_field(struct api_call *call, const char *field, const char *why)
{
	struct json_writer json = {.out = &call->out};

	buffer_clear(&call->out);
	json_open_object(&json);
	json_add_array(&json, field);
	json_put_string(&json, why);
	json_close_array(&json);
	json_close_object(&json);
	api_answer(call, 400);
}

void api_refuse(struct api_call *call, unsigned status, const char *why)
{
	struct json_writer json = {.out = &call->out};

	buffer_clear(&call->out);
	json_open_object(&json);
	json_add_string(&json, "detail", why);
	json_close_object(&json);
	api_answer(call, status);
}

void api_fail(
	struct api_call *call, enum status status, const struct error *error, const char *field)
{
	const char *why = error && *error->text ? error->text : status_message(status);

	if (status == STATUS_NOT_FOUND)
		api_refuse(call, 404, "Not found.");
	else if (status == STATUS_REFUSED)
		api_refuse(call, 403, why);
	else if (status == STATUS_BUSY)
		api_refuse(call, 503, why);
	else if (status != STATUS_INVALID && status != STATUS_DUPLICATE &&
		 status != STATUS_CONFLICT)
		api_refuse(call, 500, why);
	else if (field)
		api_refuse_field(call, field, why);
	else
		api_refuse(call, 400, why);
}
