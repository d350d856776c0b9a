#include "tests/fault_vfs.h"

#include <stdint.h>
#include <string.h>
#include <sqlite3.h>

/* One of SQLite's files, with the real one behind it. */
struct fault_file {
	sqlite3_file base;
	sqlite3_file *real;
	int flags; /* what it was opened as */
};

/* SQLite hands its VFS no pointer of ours that outlives a call, so the one fault is here. */
static struct fault *current;
static sqlite3_vfs *real_vfs;
static sqlite3_vfs fault_layer;

static int count_call(void)
{
	current->calls++;
	if (!current->at || current->calls < current->at)
		return SQLITE_OK;
	if (current->calls > current->at && !current->lasting)
		return SQLITE_OK;
	current->failed++;
	return current->code;
}

static sqlite3_file *real_of(sqlite3_file *file)
{
	return ((struct fault_file *)file)->real;
}

static void tell(sqlite3_file *file, enum fault_call call, const void *bytes, long long offset,
	long long length)
{
	int flags = ((struct fault_file *)file)->flags;

	if (current->observe && (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)))
		current->observe(
			current->self, call, (flags & SQLITE_OPEN_WAL) != 0, bytes, offset, length);
}

static int close_file(sqlite3_file *file)
{
	sqlite3_file *real = real_of(file);

	return real->pMethods ? real->pMethods->xClose(real) : SQLITE_OK;
}

static int read_file(sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset)
{
	sqlite3_file *real = real_of(file);
	int code = current->reads ? count_call() : SQLITE_OK;

	return code ? SQLITE_IOERR_READ : real->pMethods->xRead(real, bytes, length, offset);
}

static int write_file(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset)
{
	sqlite3_file *real = real_of(file);
	int code = count_call();

	if (code)
		return code;
	tell(file, FAULT_WRITE, bytes, offset, length);
	return real->pMethods->xWrite(real, bytes, length, offset);
}

static int truncate_file(sqlite3_file *file, sqlite3_int64 size)
{
	sqlite3_file *real = real_of(file);
	int code = count_call();

	if (code)
		return SQLITE_IOERR_TRUNCATE;
	tell(file, FAULT_TRUNCATE, NULL, 0, size);
	return real->pMethods->xTruncate(real, size);
}

static int sync_file(sqlite3_file *file, int flags)
{
	sqlite3_file *real = real_of(file);
	int code = count_call();

	if (code)
		return SQLITE_IOERR_FSYNC;
	code = real->pMethods->xSync(real, flags);
	tell(file, FAULT_SYNC, NULL, 0, 0);
	return code;
}

static int size_of_file(sqlite3_file *file, sqlite3_int64 *size)
{
	sqlite3_file *real = real_of(file);

	return real->pMethods->xFileSize(real, size);
}

static int lock_file(sqlite3_file *file, int level)
{
	sqlite3_file *real = real_of(file);

	return real->pMethods->xLock(real, level);
}

static int unlock_file(sqlite3_file *file, int level)
{
	sqlite3_file *real = real_of(file);

	return real->pMethods->xUnlock(real, level);
}

static int check_lock(sqlite3_file *file, int *reserved)
{
	sqlite3_file *real = real_of(file);

	return real->pMethods->xCheckReservedLock(real, reserved);
}

static int control(sqlite3_file *file, int operation, void *argument)
{
	sqlite3_file *real = real_of(file);

	return real->pMethods->xFileControl(real, operation, argument);
}

static int sector_size(sqlite3_file *file)
{
	sqlite3_file *real = real_of(file);

	return real->pMethods->xSectorSize(real);
}

static int characteristics(sqlite3_file *file)
{
	sqlite3_file *real = real_of(file);

	return real->pMethods->xDeviceCharacteristics(real);
}

static int map_shared(sqlite3_file *file, int page, int size, int extend, void volatile **memory)
{
	sqlite3_file *real = real_of(file);
	int code = extend ? count_call() : SQLITE_OK;

	return code ? SQLITE_IOERR_SHMSIZE
		    : real->pMethods->xShmMap(real, page, size, extend, memory);
}

static int lock_shared(sqlite3_file *file, int offset, int count, int flags)
{
	sqlite3_file *real = real_of(file);

	return real->pMethods->xShmLock(real, offset, count, flags);
}

static void bar_shared(sqlite3_file *file)
{
	sqlite3_file *real = real_of(file);

	real->pMethods->xShmBarrier(real);
}

static int unmap_shared(sqlite3_file *file, int delete)
{
	sqlite3_file *real = real_of(file);

	return real->pMethods->xShmUnmap(real, delete);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = close_file,
	.xRead = read_file,
	.xWrite = write_file,
	.xTruncate = truncate_file,
	.xSync = sync_file,
	.xFileSize = size_of_file,
	.xLock = lock_file,
	.xUnlock = unlock_file,
	.xCheckReservedLock = check_lock,
	.xFileControl = control,
	.xSectorSize = sector_size,
	.xDeviceCharacteristics = characteristics,
	.xShmMap = map_shared,
	.xShmLock = lock_shared,
	.xShmBarrier = bar_shared,
	.xShmUnmap = unmap_shared,
};

static int open_file(
	sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
	struct fault_file *wrapper = (struct fault_file *)file;
	int code = count_call();

	(void)vfs;
	wrapper->base.pMethods = NULL;
	wrapper->flags = flags;
	wrapper->real = (sqlite3_file *)(wrapper + 1);
	if (code)
		return SQLITE_CANTOPEN;
	code = real_vfs->xOpen(real_vfs, name, wrapper->real, flags, out_flags);
	if (code == SQLITE_OK)
		wrapper->base.pMethods = &methods;
	return code;
}

static int delete_file(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
	int code = count_call();

	(void)vfs;
	return code ? SQLITE_IOERR_DELETE : real_vfs->xDelete(real_vfs, name, sync_folder);
}

void fault_vfs_install(struct fault *fault)
{
	current = fault;
	real_vfs = sqlite3_vfs_find("unix");
	fault_layer = *real_vfs;
	fault_layer.zName = "fault";
	fault_layer.pNext = NULL;
	fault_layer.szOsFile = (int)sizeof(struct fault_file) + real_vfs->szOsFile;
	fault_layer.xOpen = open_file;
	fault_layer.xDelete = delete_file;
	sqlite3_vfs_register(&fault_layer, 1);
}

void fault_vfs_remove(void)
{
	sqlite3_vfs_unregister(&fault_layer);
	sqlite3_vfs_register(real_vfs, 1);
}
