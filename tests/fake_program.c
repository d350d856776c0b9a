#include "tests/fake_program.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/memory.h"

void fake_program_write(const char *folder, const char *name, const char *text, int mode)
{
	char *path = memory_print("%s/%s", folder, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0700);

	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text) ||
		fchmod(fd, (mode_t)mode) != 0) {
		perror(path);
		abort();
	}
	close(fd);
	free(path);
}

void fake_program_make(const char *folder, const char *name, const char *rest)
{
	char *script = memory_print("#!/bin/sh\n"
				    "for word; do printf '<%%s>\\n' \"$word\"; done >>'%s/%s.log'\n"
				    "%s\n",
		folder, name, rest);

	fake_program_write(folder, name, script, 0700);
	free(script);
}

char *fake_program_file(const char *folder, const char *name)
{
	char *path = memory_print("%s/%s", folder, name);
	FILE *file = fopen(path, "re");
	char *text = memory_new(65536);
	size_t length = file ? fread(text, 1, 65535, file) : 0;

	text[length] = '\0';
	if (file)
		fclose(file);
	free(path);
	return text;
}

char *fake_program_log(const char *folder, const char *name)
{
	char *log = memory_print("%s.log", name);
	char *text = fake_program_file(folder, log);

	free(log);
	return text;
}
