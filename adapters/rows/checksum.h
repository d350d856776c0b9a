#ifndef ADAPTERS_ROWS_CHECKSUM_H
#define ADAPTERS_ROWS_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/*
 * A sum that tells damage, at the speed of memory: what is changed keeps its sum by a chance of
 * one in 2^64 only. It is no signature: whoever may write the file can make it fit.
 */
uint64_t checksum_of(const void *bytes, size_t length, uint64_t seed);

#endif
