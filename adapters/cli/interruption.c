#include "adapters/cli/interruption.h"

#include <errno.h>
#include <unistd.h>

#include "adapters/system/wake.h"

#define GRACE_SECONDS 1

/* A handler has no argument, so what it touches cannot be handed to it. */
static volatile sig_atomic_t arrived;
static volatile sig_atomic_t patient;
static struct wake wake = {-1, -1};

static void leave(int number)
{
	_exit(128 + (number == SIGALRM ? arrived : number));
}

static void on_signal(int number)
{
	int saved = errno;

	if (arrived)
		leave(number);
	arrived = number;
	if (wake.fd >= 0)
		wake_set(&wake);
	if (!patient)
		alarm(GRACE_SECONDS);
	errno = saved;
}

/* Without SA_RESTART: a read that blocks ends. An ignored signal (nohup) stays ignored. */
static void watch(int number, void (*handler)(int))
{
	struct sigaction action = {.sa_handler = handler};
	struct sigaction before;

	sigemptyset(&action.sa_mask);
	if (!sigaction(number, NULL, &before) && before.sa_handler == SIG_IGN)
		return;
	sigaction(number, &action, NULL);
}

void interruption_watch(void)
{
	wake_init(&wake);
	watch(SIGINT, on_signal);
	watch(SIGTERM, on_signal);
	watch(SIGHUP, on_signal);
	watch(SIGALRM, leave);
}

int interruption_signal(void)
{
	return arrived;
}

const volatile sig_atomic_t *interruption_flag(void)
{
	return &arrived;
}

int interruption_fd(void)
{
	return wake.fd;
}

void interruption_be_patient(void)
{
	patient = 1;
}
