#include <signal.h>
#include <stddef.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "adapters/system/process_signals.h"

static const int taken[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT};
static const int lent[] = {SIGINT, SIGQUIT, SIGTSTP, SIGCONT};

static int signal_fd = -1;

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void change_mask(int how, const int *numbers, size_t count)
{
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < count; i++)
		sigaddset(&set, numbers[i]);
	sigprocmask(how, &set, NULL);
}

int process_signals_take(void)
{
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < COUNT(taken); i++)
		sigaddset(&set, taken[i]);
	signal(SIGPIPE, SIG_IGN);
	if (sigprocmask(SIG_BLOCK, &set, NULL) == 0)
		signal_fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	return signal_fd;
}

void process_signals_finish(void)
{
	if (signal_fd < 0)
		return;
	close(signal_fd);
	signal_fd = -1;
	change_mask(SIG_UNBLOCK, taken, COUNT(taken));
}

int process_signals_next(void)
{
	struct signalfd_siginfo info;

	return read(signal_fd, &info, sizeof(info)) == (ssize_t)sizeof(info) ? (int)info.ssi_signo
									     : 0;
}

void process_signals_stop_job(void)
{
	const struct timespec at_once = {0};
	const int stop[] = {SIGTSTP};
	sigset_t cont;
	void (*before)(int) = signal(SIGTSTP, SIG_DFL);

	change_mask(SIG_UNBLOCK, stop, 1);
	kill(0, SIGTSTP);
	change_mask(SIG_BLOCK, stop, 1);
	signal(SIGTSTP, before);
	sigemptyset(&cont);
	sigaddset(&cont, SIGCONT);
	sigtimedwait(&cont, NULL, &at_once); /* the one that has just woken us */
}

/* All of them are unblocked: what is blocked is not ignored, and would arrive afterwards. */
void process_signals_lend(void)
{
	signal(SIGINT, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
	signal(SIGTSTP, SIG_DFL);
	change_mask(SIG_UNBLOCK, lent, COUNT(lent));
}

void process_signals_reclaim(void)
{
	change_mask(SIG_BLOCK, taken, COUNT(taken));
	signal(SIGINT, SIG_DFL);
	signal(SIGQUIT, SIG_DFL);
}

void process_signals_end_by(int number)
{
	const int numbers[] = {number};

	signal(number, SIG_DFL);
	raise(number);
	change_mask(SIG_UNBLOCK, numbers, 1);
}
