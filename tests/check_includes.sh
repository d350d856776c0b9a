#!/bin/sh
# Every source includes the standard headers of what it uses, itself or by way of a header of ours: what comes by
# way of a system's header on one system does not on the next.
set -u

cd "${top_srcdir:-.}" || exit 1
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

# A line is the headers of which one is enough, a colon, and names; NAME( is a function, NAME* a beginning.
cat >"$scratch/table" <<'END'
assert.h: assert(
ctype.h: isalnum( isalpha( isblank( iscntrl( isdigit( isgraph( islower( isprint( ispunct( isspace( isupper( isxdigit( tolower( toupper(
dirent.h: DIR opendir( fdopendir( readdir( closedir( dirfd(
dlfcn.h: dlopen( dlsym( dlerror( dlclose( RTLD_NOW RTLD_LAZY RTLD_LOCAL
errno.h: errno EINTR ENOENT EEXIST EINVAL ENOMEM EAGAIN EACCES ENOSYS EPIPE ENOSPC EROFS EXDEV ESRCH ECHILD ELOOP ENOTDIR EISDIR ENXIO EIO EBADF
fcntl.h: O_RDONLY O_WRONLY O_RDWR O_CREAT O_EXCL O_TRUNC O_APPEND O_CLOEXEC O_NONBLOCK O_NOFOLLOW O_DIRECTORY F_GETFL F_SETFL F_GETFD F_SETFD F_GETLK F_SETLK F_WRLCK FD_CLOEXEC AT_FDCWD open( openat( creat( fcntl(
inttypes.h: PRId* PRIi* PRIu* PRIx* SCNd* SCNu* SCNx* strtoimax( strtoumax(
langinfo.h: nl_langinfo( CODESET
limits.h: INT_MAX INT_MIN UINT_MAX LONG_MAX LONG_MIN ULONG_MAX LLONG_MAX LLONG_MIN CHAR_BIT SCHAR_MAX SHRT_MAX PATH_MAX NAME_MAX PIPE_BUF IOV_MAX SSIZE_MAX
locale.h: setlocale( LC_ALL LC_CTYPE LC_NUMERIC
poll.h: poll( POLLIN POLLOUT POLLHUP POLLERR pollfd
pthread.h: pthread_t pthread_mutex_t pthread_cond_t pthread_create( pthread_join( pthread_mutex_* pthread_cond_* pthread_self( pthread_equal(
signal.h: SIGINT SIGTERM SIGHUP SIGPIPE SIGKILL SIGCHLD SIGTSTP SIGCONT SIGWINCH SIGSEGV SIGABRT SIG_IGN SIG_DFL SIG_BLOCK SIG_SETMASK SIG_UNBLOCK sigaction( sigemptyset( sigfillset( sigaddset( sigprocmask( kill( raise( sig_atomic_t sigset_t
pthread.h signal.h: pthread_sigmask( pthread_kill(
spawn.h: posix_spawn* POSIX_SPAWN_*
stdarg.h: va_list va_start( va_end( va_copy( va_arg(
stdatomic.h: atomic_bool atomic_int atomic_uint atomic_long atomic_size_t atomic_load* atomic_store* atomic_fetch_* atomic_exchange* atomic_compare_* atomic_flag*
stdbool.h: bool true false
stddef.h: offsetof( ptrdiff_t
stddef.h stdlib.h string.h stdio.h time.h wchar.h locale.h unistd.h: NULL size_t
stdint.h inttypes.h: int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t intptr_t uintptr_t intmax_t uintmax_t INT8_* INT16_* INT32_* INT64_* UINT8_* UINT16_* UINT32_* UINT64_* SIZE_MAX UINTPTR_MAX INTMAX_*
stdio.h: FILE stdin stdout stderr EOF BUFSIZ printf( fprintf( snprintf( vsnprintf( dprintf( vfprintf( fputs( fputc( putchar( puts( fgets( getline( fopen( fdopen( fclose( fflush( fread( fwrite( feof( ferror( fseek( fseeko( ftell( rewind( fileno( setvbuf( open_memstream( remove( rename( perror( sscanf( asprintf( vasprintf( ungetc( getc(
stdlib.h: malloc( calloc( realloc( free( abort( exit( atexit( getenv( secure_getenv( setenv( unsetenv( qsort( bsearch( strtol( strtoll( strtoul( strtoull( strtod( mkstemp( mkostemp( mkdtemp( realpath( abs( llabs( rand( srand( random( EXIT_SUCCESS EXIT_FAILURE
string.h: memcpy( memmove( memset( memcmp( memchr( memrchr( memmem( strlen( strnlen( strcmp( strncmp( strchr( strrchr( strchrnul( strstr( strpbrk( strspn( strcspn( strdup( strndup( strcoll( strerror( strsignal( strcat( strcpy( stpcpy( explicit_bzero( strsep( strtok_r(
string.h strings.h: strcasecmp( strncasecmp( strcasestr(
sys/ioctl.h termios.h: ioctl( TIOCGWINSZ winsize
sys/mman.h: mmap( munmap( madvise( mprotect( MAP_* PROT_* MADV_* memfd_create(
sys/resource.h: getrlimit( setrlimit( getrusage( RLIMIT_*
sys/stat.h: S_ISREG( S_ISDIR( S_ISLNK( S_ISFIFO( S_ISCHR( stat( lstat( fstat( fstatat( mkdir( mkfifo( chmod( fchmod( umask(
sys/wait.h: waitpid( WIFEXITED( WEXITSTATUS( WIFSIGNALED( WTERMSIG( WNOHANG
termios.h: termios tcgetattr( tcsetattr( TCSANOW TCSADRAIN ECHO ICANON
time.h: time( clock_gettime( nanosleep( gmtime_r( localtime_r( strftime( mktime( timegm( CLOCK_MONOTONIC CLOCK_REALTIME timespec tm_year time_t
unistd.h: read( write( pread( pwrite( close( unlink( rmdir( link( symlink( readlink( dup( dup2( pipe( pipe2( fork( _exit( execv( execvp( getpid( getppid( getuid( geteuid( isatty( fsync( fdatasync( ftruncate( lseek( access( chdir( getcwd( usleep( sleep( sysconf( alarm( gethostname( STDIN_FILENO STDOUT_FILENO STDERR_FILENO R_OK W_OK X_OK F_OK
wchar.h: wchar_t wcwidth( mbrtowc( wcrtomb( mbstate_t wint_t
END

find domain adapters tui tests -name '*.[ch]' | sort >"$scratch/files"
[ -s "$scratch/files" ] || { echo "no source was found"; exit 1; }

# Comments and strings are blanked; a name counts where it is no member; a file is told once of a header.
cat >"$scratch/read.awk" <<'END'
function gives(file, header, seen,    i, n, among) { # whether a file includes it, or one of ours that it includes
	if ((file, header) in includes) return 1
	n = split(ours[file], among, " ")
	for (i = 1; i <= n; i++) {
		if (among[i] in seen) continue
		seen[among[i]] = 1
		if (gives(among[i], header, seen)) return 1
	}
	return 0
}
function given(file, headers,    among, n, i, seen) {
	n = split(headers, among, " ")
	for (i = 1; i <= n; i++) {
		split("", seen)
		if (gives(file, among[i], seen)) return 1
	}
	return 0
}
function note(name, call,    key, length_of) {
	if (call && /^[a-z]/) own[FILENAME, name] = 1 # a function of ours, by a name of the library
	if ((FILENAME, name) in own) return
	key = name in plain ? plain[name] : ""
	if (key == "" && call && name in called) key = called[name]
	if (key == "")
		for (length_of = 4; length_of < length(name); length_of++)
			if (substr(name, 1, length_of) in begins) key = begins[substr(name, 1, length_of)]
	if (key != "" && !((FILENAME, key) in used)) used[FILENAME, key] = name
}
FILENAME == ARGV[1] {
	headers = $0
	sub(/:.*/, "", headers)
	sub(/^[^:]*: /, "")
	for (i = 1; i <= NF; i++) {
		if ($i ~ /\($/) called[substr($i, 1, length($i) - 1)] = headers
		else if ($i ~ /\*$/) begins[substr($i, 1, length($i) - 1)] = headers
		else plain[$i] = headers
	}
	next
}
FNR == 1 { comment = 0 }
/^[ \t]*#[ \t]*include/ {
	if (match($0, /<[^>]*>/)) includes[FILENAME, substr($0, RSTART + 1, RLENGTH - 2)] = 1
	if (match($0, /"[^"]*"/)) ours[FILENAME] = ours[FILENAME] " " substr($0, RSTART + 1, RLENGTH - 2)
	next
}
{
	text = $0
	if (comment) {
		if (!match(text, /\*\//)) next
		text = substr(text, RSTART + 2)
		comment = 0
	}
	gsub(/\\./, "", text)
	gsub(/"[^"]*"/, "\"\"", text)
	gsub(/'[^']*'/, "0", text)
	while ((at = index(text, "/*"))) {
		rest = substr(text, at + 2)
		if (!(to = index(rest, "*/"))) { comment = 1; text = substr(text, 1, at - 1); break }
		text = substr(text, 1, at - 1) " " substr(rest, to + 2)
	}
	sub(/\/\/.*/, "", text)
	before = ""
	while (match(text, /[A-Za-z_][A-Za-z0-9_]*/)) {
		gap = substr(text, 1, RSTART - 1)
		name = substr(text, RSTART, RLENGTH)
		text = substr(text, RSTART + RLENGTH)
		if (gap !~ /(\.|->)$/ || gap ~ /\.\.\.$/) note(name, text ~ /^\(/)
	}
}
END {
	for (use in used) {
		split(use, part, SUBSEP)
		if (!given(part[1], part[2])) {
			sub(/ .*/, "", part[2])
			print part[1] ": <" part[2] "> for " used[use]
		}
	}
}
END
xargs <"$scratch/files" awk -f "$scratch/read.awk" "$scratch/table" >"$scratch/missing"
sort "$scratch/missing"
echo "$(wc -l <"$scratch/files") sources read, $(wc -l <"$scratch/missing") includes missing"
[ ! -s "$scratch/missing" ]
