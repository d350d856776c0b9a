#include "adapters/engine/poll_loop.h"

#include <stdlib.h>

#include "domain/base/memory.h"

void poll_loop_init(struct poll_loop *loop, struct http_client *http)
{
	*loop = (struct poll_loop){.http = http};
}

void poll_loop_finish(struct poll_loop *loop)
{
	free(loop->sources);
	free(loop->fds);
	*loop = (struct poll_loop){0};
}

void poll_loop_add(struct poll_loop *loop, const struct poll_source *source)
{
	loop->sources = memory_grow(
		loop->sources, loop->source_count, &loop->source_capacity, sizeof(*loop->sources));
	loop->sources[loop->source_count++] = *source;
}

/* Only marked here, as their turns may be under way; the next wait drops them. */
void poll_loop_remove(struct poll_loop *loop, const void *self)
{
	for (size_t i = 0; i < loop->source_count; i++)
		if (loop->sources[i].self == self)
			loop->sources[i] = (struct poll_source){0};
}

void poll_loop_watch(struct poll_loop *loop, int fd, short events)
{
	loop->fds = memory_grow(loop->fds, loop->fd_count, &loop->fd_capacity, sizeof(*loop->fds));
	loop->fds[loop->fd_count++] = (struct pollfd){.fd = fd, .events = events};
}

static void drop_removed(struct poll_loop *loop)
{
	size_t kept = 0;

	for (size_t i = 0; i < loop->source_count; i++)
		if (loop->sources[i].turn)
			loop->sources[kept++] = loop->sources[i];
	loop->source_count = kept;
}

int poll_loop_nearer(int one, int other)
{
	return one < 0 || (other >= 0 && other < one) ? other : one;
}

void poll_loop_wait(struct poll_loop *loop, int timeout_ms)
{
	size_t count;

	drop_removed(loop);
	loop->fd_count = 0;
	for (size_t i = 0; i < loop->source_count; i++) {
		const struct poll_source *source = &loop->sources[i];

		if (source->prepare)
			source->prepare(source->self, loop);
		if (source->timeout)
			timeout_ms = poll_loop_nearer(timeout_ms, source->timeout(source->self));
	}
	http_client_wait(loop->http, loop->fds, loop->fd_count, timeout_ms);
	count = loop->source_count;
	for (size_t i = 0; i < count; i++) {
		const struct poll_source source = loop->sources[i];

		if (source.turn)
			source.turn(source.self);
	}
}
