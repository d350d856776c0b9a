#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#include "adapters/system/descriptor.h"
#include "adapters/system/process_signals.h"

static const int taken[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT};

/* A handler has no argument, so what it touches stands here. */
static int ends[2] = {-1, -1};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* In any thread. A pipe that is full holds 64 KiB of signals nobody has looked at. */
static void note_signal(int number)
{
	const unsigned char byte = (unsigned char)number;
	int saved = errno;

	(void)!write(ends[1], &byte, 1);
	errno = saved;
}

static void signals_handle(int number, void (*handler)(int))
{
	struct sigaction action = {.sa_handler = handler};

	action.sa_flags = SA_RESTART;
	sigemptyset(&action.sa_mask);
	sigaction(number, &action, NULL);
}

int process_signals_take(void)
{
	if (!descriptor_pipe(ends) || !descriptor_unblock(ends[0]) || !descriptor_unblock(ends[1]))
		return -1;
	signal(SIGPIPE, SIG_IGN);
	for (size_t i = 0; i < COUNT(taken); i++)
		signals_handle(taken[i], note_signal);
	return ends[0];
}

void process_signals_finish(void)
{
	for (size_t i = 0; ends[0] >= 0 && i < COUNT(taken); i++)
		signals_handle(taken[i], SIG_DFL);
	for (size_t i = 0; i < 2; i++) {
		if (ends[i] >= 0)
			close(ends[i]);
		ends[i] = -1;
	}
}

int process_signals_next(void)
{
	unsigned char number;

	return read(ends[0], &number, 1) == 1 ? number : 0;
}

/* Takes out the SIGCONT that has just woken us, and a stop that came with it; the rest stays. */
static void forget_continuing(void)
{
	unsigned char kept[64];
	size_t count = 0;
	int number;

	while (count < sizeof(kept) && (number = process_signals_next()) != 0)
		if (number != SIGCONT && number != SIGTSTP)
			kept[count++] = (unsigned char)number;
	if (count)
		(void)!write(ends[1], kept, count);
}

void process_signals_stop_job(void)
{
	signals_handle(SIGTSTP, SIG_DFL);
	kill(0, SIGTSTP);
	signals_handle(SIGTSTP, note_signal);
	forget_continuing();
}

void process_signals_lend(void)
{
	signals_handle(SIGINT, SIG_IGN);
	signals_handle(SIGQUIT, SIG_IGN);
	signals_handle(SIGTSTP, SIG_DFL);
	signals_handle(SIGCONT, SIG_DFL);
}

void process_signals_reclaim(void)
{
	for (size_t i = 0; i < COUNT(taken); i++)
		signals_handle(taken[i], note_signal);
}

void process_signals_end_by(int number)
{
	sigset_t set;

	signals_handle(number, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, number);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	raise(number);
}
