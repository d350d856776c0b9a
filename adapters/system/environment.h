#ifndef ADAPTERS_SYSTEM_ENVIRONMENT_H
#define ADAPTERS_SYSTEM_ENVIRONMENT_H

/*
 * A variable that may decide about files or whom to trust: NULL in a program that runs with more
 * rights than who started it has (secure_getenv(3); elsewhere by the user and group ids).
 */
const char *environment_secure(const char *name);

#endif
