#include "adapters/cli/import_detect.h"

#include <stdlib.h>

#include "adapters/files/browser_profiles.h"
#include "adapters/cli/complaint.h"
#include "adapters/json/json_writer.h"

struct detecting {
	struct cli *cli;
	size_t found;
};

static void print_json(
	struct cli *cli, const struct browser_profile *profile, const char *format, size_t count)
{
	struct buffer buffer = {0};
	struct json_writer json = {.out = &buffer};

	json_open_object(&json);
	json_key(&json, "program");
	json_put_string(&json, profile->program);
	json_key(&json, "file");
	json_put_string(&json, profile->path);
	json_key(&json, "format");
	json_put_string(&json, format);
	json_key(&json, "bookmarks");
	json_put_integer(&json, (int64_t)count);
	json_close_object(&json);
	buffer_add_char(&buffer, '\n');
	output_bytes(&cli->out, buffer_text(&buffer), buffer.length);
	buffer_finish(&buffer);
}

static void on_profile(void *self, const struct browser_profile *profile)
{
	struct detecting *detecting = self;
	struct cli *cli = detecting->cli;
	struct error error = {0};
	const char *format;
	size_t count;
	enum status status = bookmark_file_count(profile->path, &format, &count, &error);

	detecting->found++;
	if (status) {
		complain("import: %s: %s", profile->path, error.text);
		return;
	}
	if (cli->line.given[OPTION_JSON]) {
		print_json(cli, profile, format, count);
		return;
	}
	output_format(&cli->out, "%-18s  %7zu  ", profile->program, count);
	output_text(&cli->out, profile->path);
	output_string(&cli->out, "\n");
}

enum exit_code import_detect(struct cli *cli)
{
	struct detecting detecting = {.cli = cli};
	const char *home = getenv("HOME");

	if (!home || !*home) {
		complain("import: no home folder is known to look in");
		return EXIT_FAILED;
	}
	browser_profiles_each(home, on_profile, &detecting);
	if (!detecting.found && !cli->quiet)
		remark("No browser's bookmarks were found");
	return EXIT_DONE;
}
