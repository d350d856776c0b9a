#ifndef TUI_AGE_H
#define TUI_AGE_H

#include <stdint.h>

/* How long ago, in at most four characters: "now", "5m", "3h", "2d", "3mo", "12y". */
#define AGE_SIZE 8

void age_print(int64_t then, int64_t now, char text[static AGE_SIZE]);

/* "2024-01-31", UTC; "2024-01-31 08:15" with the time. */
#define DAY_SIZE 20

void day_print(int64_t seconds, char text[static DAY_SIZE]);
void day_print_time(int64_t seconds, char text[static DAY_SIZE]);

#endif
