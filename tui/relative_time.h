#ifndef TUI_RELATIVE_TIME_H
#define TUI_RELATIVE_TIME_H

#include <stdbool.h>
#include <stdint.h>

/* How long ago, in at most four characters: "now", "5m", "3h", "2d", "3mo", "12y". */
#define AGE_SIZE 8

void relative_time_print(int64_t then, int64_t now, char text[static AGE_SIZE]);

/* "2024-01-31", UTC. */
#define DAY_SIZE 20

void day_print(int64_t seconds, char text[static DAY_SIZE]);

/* "today", "yesterday", "3 May", "3 May 2024" of another year; UTC. */
void day_name_print(int64_t seconds, int64_t now, char text[static DAY_SIZE]);

/* "08:15", or "08:15:30" with the seconds, by the user's own clock. */
void clock_print(int64_t seconds, bool with_seconds, char text[static DAY_SIZE]);

#endif
