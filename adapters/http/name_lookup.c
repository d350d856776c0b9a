#include "adapters/http/name_lookup.h"

#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "adapters/system/descriptor.h"
#include "domain/base/memory.h"

#define THREADS_MAX 4

struct name_question {
	struct name_question *next;
	char *host;
	void *asker;
	enum name_existence existence;
};

struct question_list {
	struct name_question *first;
	struct name_question **end; /* where the next one goes */
};

/* Shared by the asker and the threads; the last one that lets go frees it. */
struct name_lookups {
	pthread_mutex_t mutex;
	struct question_list asked;
	struct question_list answered;
	int threads;
	bool abandoned; /* the asker has gone */
	int pipe[2];    /* a byte in it for each answer */
};

static void list_init(struct question_list *list)
{
	list->first = NULL;
	list->end = &list->first;
}

static void list_push(struct question_list *list, struct name_question *question)
{
	question->next = NULL;
	*list->end = question;
	list->end = &question->next;
}

static struct name_question *list_pop(struct question_list *list)
{
	struct name_question *question = list->first;

	if (!question)
		return NULL;
	list->first = question->next;
	if (!list->first)
		list->end = &list->first;
	return question;
}

static void question_free(struct name_question *question)
{
	free(question->host);
	free(question);
}

struct name_lookups *name_lookups_new(void)
{
	struct name_lookups *lookups = memory_new(sizeof(*lookups));

	pthread_mutex_init(&lookups->mutex, NULL);
	list_init(&lookups->asked);
	list_init(&lookups->answered);
	lookups->pipe[0] = lookups->pipe[1] = -1;
	return lookups;
}

static void lookups_destroy(struct name_lookups *lookups)
{
	struct name_question *question;

	while ((question = list_pop(&lookups->asked)) || (question = list_pop(&lookups->answered)))
		question_free(question);
	for (int end = 0; end < 2; end++)
		if (lookups->pipe[end] >= 0)
			close(lookups->pipe[end]);
	pthread_mutex_destroy(&lookups->mutex);
	free(lookups);
}

void name_lookups_free(struct name_lookups *lookups)
{
	bool last;

	if (!lookups)
		return;
	pthread_mutex_lock(&lookups->mutex);
	lookups->abandoned = true;
	last = lookups->threads == 0;
	pthread_mutex_unlock(&lookups->mutex);
	if (last)
		lookups_destroy(lookups);
}

int name_lookups_fd(const struct name_lookups *lookups)
{
	return lookups->pipe[0];
}

/* RFC 6761, 6.4: no name under "invalid" exists, and nobody need be asked. */
static bool is_invalid_by_rule(const char *host)
{
	static const char ending[] = ".invalid";
	size_t length = strlen(host), least = sizeof(ending) - 1;

	return length > least && strcasecmp(host + length - least, ending) == 0;
}

static enum name_existence host_look_up(const char *host)
{
	const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
	struct addrinfo *found = NULL;
	int code;

	if (is_invalid_by_rule(host))
		return NAME_DOES_NOT_EXIST;
	code = getaddrinfo(host, NULL, &hints, &found);
	if (found)
		freeaddrinfo(found);
	if (code == 0)
		return NAME_EXISTS;
	return code == EAI_NONAME ? NAME_DOES_NOT_EXIST : NAME_CANNOT_BE_TOLD;
}

/* The next question, for a thread; NULL when it is to end. The mutex is held. */
static struct name_question *next_question(struct name_lookups *lookups)
{
	return lookups->abandoned ? NULL : list_pop(&lookups->asked);
}

static void *answer_all(void *self)
{
	struct name_lookups *lookups = self;
	struct name_question *question;
	bool last;

	pthread_mutex_lock(&lookups->mutex);
	while ((question = next_question(lookups))) {
		pthread_mutex_unlock(&lookups->mutex);
		question->existence = host_look_up(question->host);
		pthread_mutex_lock(&lookups->mutex);
		list_push(&lookups->answered, question);
		if (write(lookups->pipe[1], "", 1) < 0)
			continue; /* full: then it is readable anyway */
	}
	lookups->threads--;
	last = lookups->abandoned && lookups->threads == 0;
	pthread_mutex_unlock(&lookups->mutex);
	if (last)
		lookups_destroy(lookups);
	return NULL;
}

/* Signals are for the thread that waits for them. */
static bool start_thread(struct name_lookups *lookups)
{
	pthread_t thread;
	sigset_t all, before;
	int code;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	code = pthread_create(&thread, NULL, answer_all, lookups);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (code == 0)
		pthread_detach(thread);
	return code == 0;
}

static bool open_pipe(struct name_lookups *lookups)
{
	if (lookups->pipe[0] >= 0)
		return true;
	return descriptor_pipe(lookups->pipe) && descriptor_unblock(lookups->pipe[0]) &&
	       descriptor_unblock(lookups->pipe[1]);
}

/* Where neither a pipe nor a thread can be had, the caller itself waits. */
void name_lookups_ask(struct name_lookups *lookups, const char *host, void *asker)
{
	struct name_question *question = memory_new(sizeof(*question));
	bool can_thread = open_pipe(lookups);

	question->host = memory_copy_string(host);
	question->asker = asker;
	pthread_mutex_lock(&lookups->mutex);
	list_push(&lookups->asked, question);
	if (can_thread && lookups->threads < THREADS_MAX && start_thread(lookups))
		lookups->threads++;
	if (lookups->threads == 0 && (question = list_pop(&lookups->asked))) {
		question->existence = host_look_up(question->host);
		list_push(&lookups->answered, question);
	}
	pthread_mutex_unlock(&lookups->mutex);
}

bool name_lookups_next(struct name_lookups *lookups, void **asker, enum name_existence *existence)
{
	struct name_question *question;
	char bytes[64];

	if (lookups->pipe[0] >= 0)
		while (read(lookups->pipe[0], bytes, sizeof(bytes)) == (ssize_t)sizeof(bytes))
			continue;
	pthread_mutex_lock(&lookups->mutex);
	question = list_pop(&lookups->answered);
	pthread_mutex_unlock(&lookups->mutex);
	if (!question)
		return false;
	*asker = question->asker;
	*existence = question->existence;
	question_free(question);
	return true;
}
