#include "adapters/engine/mailbox.h"

#include <pthread.h>
#include <stdlib.h>

#include "adapters/system/wake.h"
#include "domain/base/memory.h"

struct mailbox {
	pthread_mutex_t lock;
	struct wake wake;
	void **messages; /* a ring buffer */
	size_t first;
	size_t count;
	size_t capacity;
};

struct mailbox *mailbox_new(void)
{
	struct mailbox *mailbox = memory_new(sizeof(*mailbox));

	pthread_mutex_init(&mailbox->lock, NULL);
	if (!wake_init(&mailbox->wake)) {
		mailbox_free(mailbox, NULL);
		return NULL;
	}
	return mailbox;
}

void mailbox_free(struct mailbox *mailbox, void (*dispose)(void *message))
{
	if (!mailbox)
		return;
	for (void *message; dispose && (message = mailbox_take(mailbox));)
		dispose(message);
	wake_finish(&mailbox->wake);
	pthread_mutex_destroy(&mailbox->lock);
	free(mailbox->messages);
	free(mailbox);
}

int mailbox_fd(const struct mailbox *mailbox)
{
	return mailbox->wake.fd;
}

static void widen(struct mailbox *mailbox)
{
	size_t capacity = mailbox->capacity ? 2 * mailbox->capacity : 16;
	void **messages = memory_array(capacity, sizeof(*messages));

	for (size_t i = 0; i < mailbox->count; i++)
		messages[i] = mailbox->messages[(mailbox->first + i) % mailbox->capacity];
	free(mailbox->messages);
	mailbox->messages = messages;
	mailbox->capacity = capacity;
	mailbox->first = 0;
}

void mailbox_put(struct mailbox *mailbox, void *take)
{
	pthread_mutex_lock(&mailbox->lock);
	if (mailbox->count == mailbox->capacity)
		widen(mailbox);
	mailbox->messages[(mailbox->first + mailbox->count++) % mailbox->capacity] = take;
	if (mailbox->count == 1)
		wake_set(&mailbox->wake);
	pthread_mutex_unlock(&mailbox->lock);
}

void *mailbox_take(struct mailbox *mailbox)
{
	void *message = NULL;

	pthread_mutex_lock(&mailbox->lock);
	if (mailbox->count > 0) {
		message = mailbox->messages[mailbox->first];
		mailbox->first = (mailbox->first + 1) % mailbox->capacity;
		mailbox->count--;
	}
	if (mailbox->count == 0)
		wake_clear(&mailbox->wake);
	pthread_mutex_unlock(&mailbox->lock);
	return message;
}

void mailbox_wake(struct mailbox *mailbox)
{
	pthread_mutex_lock(&mailbox->lock);
	wake_set(&mailbox->wake);
	pthread_mutex_unlock(&mailbox->lock);
}
