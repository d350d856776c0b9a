#ifndef ADAPTERS_SYSTEM_FILE_MAP_H
#define ADAPTERS_SYSTEM_FILE_MAP_H

#include <stdbool.h>
#include <stddef.h>

/*
 * A file mapped to be read, with a page of zeros behind it. Who reads a mapped file that somebody
 * makes shorter gets SIGBUS (mmap(2)), which would end the program: here what is gone reads as
 * zeros from then on. So the bytes may change under the reader, to anything; whether they did is
 * asked before what was read is used.
 */
struct file_map;

/* All of a file, of size bytes. Takes the descriptor, whatever happens; NULL if it cannot be. */
struct file_map *file_map_new(int fd, size_t size);
void file_map_free(struct file_map *map); /* takes NULL */

const char *file_map_bytes(const struct file_map *map);

/* Reads the file itself from a place on, so that no page of the map is needed; false at its end. */
bool file_map_read(const struct file_map *map, size_t at, void *bytes, size_t length);

/* Was it written to, in place, since it was mapped? Replaced by another file it stays as it was. */
bool file_map_changed(const struct file_map *map);

#endif
