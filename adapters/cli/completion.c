#include <stdlib.h>
#include <string.h>

#include "adapters/cli/cli.h"
#include "adapters/cli/cli_command.h"
#include "domain/base/memory.h"
#include "domain/search/query.h"

/* More ids than a shell would list anyway. */
#define IDS_MAX 200

/* A command line up to the word under the cursor. */
struct completion {
	struct cli *cli;
	const struct cli_command *command; /* NULL: none yet */
	bool unknown;                      /* what stands for the command is none */
	const char *first;                 /* the command's first word; NULL: none yet */
	const struct option_row *option;   /* whose value is the current word; NULL */
	bool matching;                     /* --matching was given */
	bool no_options;                   /* behind "--" */
	char *kept;                        /* of the current word: "--sort=", "a,b," */
	const char *current;               /* the rest of it */
};

static void print_candidate(
	const struct completion *completion, const char *candidate, const char *about)
{
	struct output *output = &completion->cli->out;

	if (strncmp(candidate, completion->current, strlen(completion->current)) != 0)
		return;
	output_text(output, completion->kept);
	output_text(output, candidate);
	if (about && *about) {
		output_string(output, "\t");
		output_text(output, about);
	}
	output_string(output, "\n");
}

/* Each of a list of words that are separated by blanks. */
static void print_words(const struct completion *completion, const char *words)
{
	char *copy = memory_copy_string(words ? words : "");
	char *rest = copy;
	char *word;

	while ((word = strsep(&rest, " ")))
		if (*word)
			print_candidate(completion, word, NULL);
	free(copy);
}

static void print_files(const struct completion *completion)
{
	output_string(&completion->cli->out, "\t\n");
}

/* From here on the current word begins behind length bytes of what it was. */
static void keep_beginning(struct completion *completion, size_t length)
{
	char *kept = memory_print("%s%.*s", completion->kept, (int)length, completion->current);

	free(completion->kept);
	completion->kept = kept;
	completion->current += length;
}

static bool print_tag(void *self, const char *tag, size_t count)
{
	char about[32];

	snprintf(about, sizeof(about), "%zu", count);
	print_candidate(self, tag, about);
	return true;
}

static void print_tags(struct completion *completion)
{
	struct catalogue *catalogue;

	if (cli_try_open(completion->cli, true, NULL) != STATUS_OK)
		return;
	catalogue = completion->cli->library.catalogue;
	catalogue->each_tag(catalogue, print_tag, completion, NULL);
}

/* "a,+b,c": the last one, without its sign. */
static void print_tag_list(struct completion *completion)
{
	const char *comma = strrchr(completion->current, ',');
	size_t length = comma ? (size_t)(comma + 1 - completion->current) : 0;

	length += completion->current[length] == '+' || completion->current[length] == '-';
	keep_beginning(completion, length);
	print_tags(completion);
}

static bool print_id(void *self, const struct bookmark *bookmark)
{
	char id[24];

	snprintf(id, sizeof(id), "%lld", (long long)bookmark->id);
	print_candidate(self, id, *bookmark->title ? bookmark->title : bookmark->url);
	return true;
}

static void completion_print_ids(struct completion *completion, bool trashed)
{
	const struct listing newest = {
		.limit = *completion->current ? 0 : IDS_MAX, .trashed = trashed};
	struct catalogue *catalogue;

	if (cli_try_open(completion->cli, true, NULL) != STATUS_OK)
		return;
	catalogue = completion->cli->library.catalogue;
	catalogue->each(catalogue, &newest, print_id, completion, NULL);
}

static void print_query_states(const struct completion *completion)
{
	const char *word;

	for (size_t i = 0; (word = query_state_word(i)); i++) {
		char *candidate = memory_print("is:%s", word);

		print_candidate(completion, candidate, NULL);
		free(candidate);
	}
}

static void print_query(struct completion *completion)
{
	static const char fields[] =
		"title: url: notes: tag: site: source: added: modified: checked:";
	const char *current = completion->current;
	size_t sign = *current == '-';
	size_t length = !strncmp(current + sign, "tag:", 4) ? sign + 4
			: current[sign] == '#'              ? sign + 1
							    : sign;

	keep_beginning(completion, length);
	if (length > sign) {
		print_tags(completion);
		return;
	}
	print_words(completion, fields);
	print_query_states(completion);
}

static void print_option_names(struct completion *completion, const enum option_id *options)
{
	for (; *options != OPTIONS_END; options++) {
		char *name = memory_print("--%s", option_table[*options].name);

		print_candidate(completion, name, option_table[*options].help);
		free(name);
	}
}

static void print_options(struct completion *completion)
{
	print_option_names(completion,
		completion->command ? completion->command->options : option_commandless);
	print_option_names(completion, option_globals);
}

static void print_value(struct completion *completion)
{
	const struct option_row *option = completion->option;

	if (option->kind == OPTION_PATH)
		print_files(completion);
	else if (option->kind == OPTION_QUERY)
		print_query(completion);
	else if (!strcmp(option->name, "tags"))
		print_tag_list(completion);
	else
		print_words(completion, option->choices);
}

static void print_commands(struct completion *completion)
{
	for (const struct cli_command *const *command = cli_commands; *command; command++)
		print_candidate(completion, (*command)->name, (*command)->summary);
}

/* The words of a command: what it says its first may be, then what its words are. */
static void print_arguments(struct completion *completion)
{
	const struct cli_command *command = completion->command;
	const char *first = completion->first;

	if (!first)
		print_words(completion, command->words);
	if (command == &help_command && !first)
		print_commands(completion);
	if (command->files)
		print_files(completion);
	if (command == &trash_command && first && !strcmp(first, "restore"))
		completion_print_ids(completion, true);
	else if (command == &tags_command && first && strcmp(first, "list") != 0)
		print_tags(completion);
	else if (command->ids && !completion->matching)
		completion_print_ids(completion, false);
	else if (command->query)
		print_query(completion);
}

static const struct option_row *find_option(const enum option_id *options, const char *word)
{
	size_t length = strcspn(word + 2, "=");

	for (; *options != OPTIONS_END; options++) {
		const struct option_row *row = &option_table[*options];

		if (strlen(row->name) == length && !memcmp(row->name, word + 2, length))
			return row;
	}
	return NULL;
}

static const struct option_row *option_of(const struct completion *completion, const char *word)
{
	const struct option_row *row = find_option(option_globals, word);

	if (row || !completion->command)
		return row;
	return find_option(completion->command->options, word);
}

/* What is opened, if anything is, is the library that the line names. */
static void note_global(const struct completion *completion, const char *word, const char *value)
{
	if (option_of(completion, word) == &option_table[OPTION_DB] && value)
		completion->cli->line.values[OPTION_DB] = value;
}

/* A word with two dashes in front. True: the next one is its value. */
static bool take_option(struct completion *completion, const char *word)
{
	const struct option_row *row = option_of(completion, word);
	const char *equals = strchr(word, '=');

	completion->matching |= row && row->kind == OPTION_QUERY;
	if (equals)
		note_global(completion, word, equals + 1);
	return row && option_takes_argument(row) && !equals;
}

static void take_word(struct completion *completion, const char *word)
{
	if (completion->command) {
		completion->first = completion->first ? completion->first : word;
		return;
	}
	completion->command = cli_command_find(word);
	completion->unknown = !completion->command;
}

/* All words but the last, which is the current one. */
static void completion_read(struct completion *completion, int count, char **words)
{
	for (int i = 0; i < count - 1; i++) {
		if (completion->no_options || strncmp(words[i], "--", 2) != 0) {
			take_word(completion, words[i]);
		} else if (!words[i][2]) {
			completion->no_options = true;
		} else if (take_option(completion, words[i])) {
			completion->option =
				i + 1 == count - 1 ? option_of(completion, words[i]) : NULL;
			if (i + 1 < count - 1)
				note_global(completion, words[i], words[i + 1]);
			i++;
		}
	}
}

/* "--sort=ti" is a value too. */
static void split_option(struct completion *completion)
{
	const char *equals = strchr(completion->current, '=');
	const struct option_row *row;

	if (completion->no_options || completion->option || !equals ||
		strncmp(completion->current, "--", 2) != 0)
		return;
	row = option_of(completion, completion->current);
	if (row && row->kind == OPTION_FLAG)
		return;
	completion->option = row;
	keep_beginning(completion, (size_t)(equals + 1 - completion->current));
}

static void completion_print(struct completion *completion)
{
	if (completion->unknown)
		return;
	split_option(completion);
	if (completion->option)
		print_value(completion);
	else if (!completion->no_options && !strncmp(completion->current, "--", 2))
		print_options(completion);
	else if (!completion->command)
		print_commands(completion);
	else
		print_arguments(completion);
}

void complete_print(struct cli *cli, int count, char **words)
{
	struct completion completion = {
		.cli = cli,
		.kept = memory_copy_string(""),
		.current = count ? words[count - 1] : "",
	};

	completion_read(&completion, count, words);
	completion_print(&completion);
	free(completion.kept);
	if (cli->open)
		library_close(&cli->library);
	cli->open = false;
}

/*
 * The scripts know nothing of barky: they hand the words of the line to "barky __complete", so that
 * what they offer cannot differ from what the program takes, and holds this library's tags and ids.
 * A candidate is a line, its description behind a tab; a tab alone asks for names of files.
 */

/*
 * bash breaks words at ":" and "=" and replaces only what is behind the last one, so what stands
 * before that is cut off. It has no place for descriptions: only numbers, which say nothing, show
 * theirs.
 */
static const char bash_script[] =
	"# bash completion for barky\n"
	"_barky()\n"
	"{\n"
	"\tlocal line=${COMP_LINE:0:COMP_POINT} candidate about current cut\n"
	"\tlocal -a words\n"
	"\tread -ra words <<<\"$line\"\n"
	"\t[[ $line == *[[:space:]] ]] && words+=('')\n"
	"\tcurrent=${words[${#words[@]}-1]}\n"
	"\tcut=${current%\"${current##*[:=]}\"}\n"
	"\tCOMPREPLY=()\n"
	"\twhile IFS= read -r candidate; do\n"
	"\t\tabout=${candidate#*$'\\t'}\n"
	"\t\tcandidate=${candidate%%$'\\t'*}\n"
	"\t\tif [[ -z $candidate ]]; then\n"
	"\t\t\tCOMPREPLY+=($(compgen -f -- \"${current#\"$cut\"}\"))\n"
	"\t\t\tcompopt -o filenames 2>/dev/null\n"
	"\t\telif [[ $candidate != *[!0-9]* && $about != \"$candidate\" ]]; then\n"
	"\t\t\tCOMPREPLY+=(\"$candidate  ($about)\")\n"
	"\t\telse\n"
	"\t\t\tCOMPREPLY+=(\"${candidate#\"$cut\"}\")\n"
	"\t\tfi\n"
	"\tdone < <(\"$1\" " COMPLETE_WORD " \"${words[@]:1}\" 2>/dev/null)\n"
	"\tif ((${#COMPREPLY[@]} == 1)); then\n"
	"\t\tCOMPREPLY[0]=${COMPREPLY[0]%%  (*}\n"
	"\t\t[[ ${COMPREPLY[0]} != *[:=] ]] || compopt -o nospace 2>/dev/null\n"
	"\tfi\n"
	"}\n"
	"complete -F _barky barky\n";

static const char zsh_script[] = "#compdef barky\n"
				 "_barky()\n"
				 "{\n"
				 "\tlocal line word files\n"
				 "\tlocal -a found shown\n"
				 "\twhile IFS= read -r line; do\n"
				 "\t\tword=${line%%$'\\t'*}\n"
				 "\t\tif [[ -z $word ]]; then\n"
				 "\t\t\tfiles=yes\n"
				 "\t\telse\n"
				 "\t\t\tfound+=(\"$word\")\n"
				 "\t\t\tshown+=(\"${line/$'\\t'/  -- }\")\n"
				 "\t\tfi\n"
				 "\tdone < <(\"${words[1]}\" " COMPLETE_WORD
				 " \"${(@Q)words[2,CURRENT-1]}\" \"${(Q)PREFIX}\" 2>/dev/null)\n"
				 "\t(( ! $#found )) || compadd -l -d shown -a found\n"
				 "\t[[ -z $files ]] || _files\n"
				 "}\n"
				 "if [ \"$funcstack[1]\" = _barky ]; then\n"
				 "\t_barky \"$@\"\n"
				 "else\n"
				 "\tcompdef _barky barky\n"
				 "fi\n";

static const char fish_script[] =
	"# fish completion for barky\n"
	"function __barky_complete\n"
	"\tset -l words (commandline -opc) (commandline -ct)\n"
	"\tfor line in (command $words[1] " COMPLETE_WORD " $words[2..-1] 2>/dev/null)\n"
	"\t\tif test \"$line\" = \\t\n"
	"\t\t\t__fish_complete_path (commandline -ct)\n"
	"\t\telse\n"
	"\t\t\techo $line\n"
	"\t\tend\n"
	"\tend\n"
	"end\n"
	"complete -c barky -f -a '(__barky_complete)'\n";

static const struct {
	const char *shell;
	const char *script;
} scripts[] = {{"bash", bash_script}, {"zsh", zsh_script}, {"fish", fish_script}};

static enum exit_code completion_run(struct cli *cli)
{
	const char *shell = cli->line.words[0];

	for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++)
		if (!strcmp(scripts[i].shell, shell)) {
			output_string(&cli->out, scripts[i].script);
			return EXIT_DONE;
		}
	return cli_misused(cli, "\"%s\" is none of: bash zsh fish", shell);
}

static const enum option_id options[] = {OPTIONS_END};

const struct cli_command completion_command = {
	.name = "completion",
	.usage = "bash | zsh | fish",
	.summary = "print a completion script",
	.details = "For bash, say in ~/.bashrc:   source <(barky completion bash)\n"
		   "For zsh, put it into a folder of $fpath as _barky; for fish, into\n"
		   "~/.config/fish/completions/barky.fish.",
	.words = "bash zsh fish",
	.least = 1,
	.most = 1,
	.options = options,
	.run = completion_run,
};
