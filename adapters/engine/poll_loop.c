#include "adapters/engine/poll_loop.h"

#include <stdlib.h>

#include "domain/base/memory.h"

void poll_loop_init(struct poll_loop *loop, struct http_client *http)
{
	*loop = (struct poll_loop){.http = http};
}

void poll_loop_finish(struct poll_loop *loop)
{
	free(loop->members);
	free(loop->fds);
	*loop = (struct poll_loop){0};
}

void poll_loop_add(struct poll_loop *loop, const struct poll_source *source)
{
	loop->members = memory_grow(
		loop->members, loop->member_count, &loop->member_capacity, sizeof(*loop->members));
	loop->members[loop->member_count++] = (struct poll_member){.source = *source};
}

/* Only marked here, as their turns may be under way; the next wait drops them. */
void poll_loop_remove(struct poll_loop *loop, const void *self)
{
	for (size_t i = 0; i < loop->member_count; i++)
		if (loop->members[i].source.self == self)
			loop->members[i].source = (struct poll_source){0};
}

void poll_loop_watch(struct poll_loop *loop, int fd, short events)
{
	loop->fds = memory_grow(loop->fds, loop->fd_count, &loop->fd_capacity, sizeof(*loop->fds));
	loop->fds[loop->fd_count++] = (struct pollfd){.fd = fd, .events = events};
}

static void drop_removed(struct poll_loop *loop)
{
	size_t kept = 0;

	for (size_t i = 0; i < loop->member_count; i++)
		if (loop->members[i].source.turn)
			loop->members[kept++] = loop->members[i];
	loop->member_count = kept;
}

/* The nearer of two, where -1 is never. */
static int nearer(int a, int b)
{
	return a < 0 || (b >= 0 && b < a) ? b : a;
}

static int prepare_all(struct poll_loop *loop, int timeout_ms)
{
	loop->fd_count = 0;
	for (size_t i = 0; i < loop->member_count; i++) {
		struct poll_member *member = &loop->members[i];
		const struct poll_source *source = &member->source;

		member->first = loop->fd_count;
		if (source->prepare)
			source->prepare(source->self, loop);
		member->count = loop->fd_count - member->first;
		if (source->timeout)
			timeout_ms = nearer(timeout_ms, source->timeout(source->self));
	}
	return timeout_ms;
}

void poll_loop_wait(struct poll_loop *loop, int timeout_ms)
{
	size_t count;

	drop_removed(loop);
	timeout_ms = prepare_all(loop, timeout_ms);
	http_client_wait(loop->http, loop->fds, loop->fd_count, timeout_ms);
	count = loop->member_count;
	for (size_t i = 0; i < count; i++) {
		const struct poll_member member = loop->members[i];

		if (member.source.turn)
			member.source.turn(member.source.self,
				loop->fds ? loop->fds + member.first : NULL, member.count);
	}
}
