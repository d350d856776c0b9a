#!/bin/sh
# Fuzzes the ways in with libFuzzer: fuzz.sh SECONDS [NAME...]. Each fuzzer starts from the kept
# inputs in tests/fuzz/corpus/NAME and the dialects; what it finds is left in fuzz/findings of the
# folder it runs in, and belongs into the corpus once it is mended. Exit 77 without clang's libFuzzer.
set -u

seconds=${1:-60}
[ $# -gt 0 ] && shift
names=${*:-cache netscape json jsonl csv lists xml packed url links stars title query images config bus form api}
top=$(cd "${top_srcdir:-$(dirname "$0")/../..}" && pwd) || exit 1
clang=${CLANG:-clang}
flags="-std=c11 -D_GNU_SOURCE -I$top -g -O1 $(pkg-config --cflags libxml-2.0 2>/dev/null)"
pkg-config --exists liblz4 && flags="$flags -DHAVE_LZ4=1 -DLZ4_SONAME=\"liblz4.so.1\""
pkg-config --exists libplist-2.0 && flags="$flags -DHAVE_LIBPLIST=1 -DLIBPLIST_SONAME=\"libplist-2.0.so.3\""
getconf GNU_LIBC_VERSION >/dev/null 2>&1 && flags="$flags -DHAVE_RENAMEAT2=1"
sanitizers="-fsanitize=address,undefined -fno-sanitize-recover=undefined"
libraries="-lutf8proc -lidn2 -lpcre2-8 -ljansson -lsqlite3 -linih -lpthread"

mkdir -p fuzz/objects fuzz/findings || exit 1
echo 'int LLVMFuzzerTestOneInput(const char *d, long s); int LLVMFuzzerTestOneInput(const char *d, long s) { return !d + (s < 0); }' \
	>fuzz/probe.c
# shellcheck disable=SC2086
$clang -fsanitize=fuzzer $sanitizers fuzz/probe.c -o fuzz/probe 2>/dev/null || { echo "no libFuzzer here"; exit 77; }

sources="$top/tests/fuzz/fuzz_case.c $top/adapters/files/input.c $top/adapters/html/html_tokenizer.c
	$top/adapters/html/xml_library.c $top/adapters/html/xml_parser.c $top/adapters/system/shared_library.c $top/adapters/json/json_writer.c
	$top/adapters/sqlite/connection.c $top/adapters/system/steady_clock.c $top/adapters/system/platform_linux.c $top/adapters/system/descriptor.c
	$top/adapters/stars/forge_answer.c $top/adapters/stars/forge.c $top/adapters/http/http_answer.c $top/adapters/http/origin.c $top/adapters/http/http_library.c $top/adapters/stars/star_batch.c $top/adapters/json/json_guard.c
	$top/adapters/html/html_title.c $top/adapters/files/charset.c
	$top/adapters/system/file_map.c $top/adapters/system/directory.c $top/adapters/system/config.c $top/adapters/system/atomic_file.c $top/adapters/schedule/schedule.c
	$top/adapters/json/command_json.c $top/adapters/sqlite/id_list.c $top/adapters/files/edit_buffer.c $top/adapters/http_api/linkding_json.c"
newest=$(find "$top/domain" "$top/adapters" "$top/tests" -name '*.h' -newer fuzz/stamp 2>/dev/null | head -n 1)
for source in $sources "$top"/adapters/formats/*.c "$top"/domain/*/*.c; do
	case $source in *_portable.c) continue ;; esac # its other half is linked
	object=fuzz/objects/$(basename "$(dirname "$source")")-$(basename "$source" .c).o
	[ -z "$newest" ] && [ -f fuzz/stamp ] && [ "$object" -nt "$source" ] && continue
	# shellcheck disable=SC2086
	$clang $flags $sanitizers -fsanitize=fuzzer-no-link -DXML2_SONAME="\"${XML2_SONAME:-libxml2.so.2}\"" \
		-DCURL_SONAME="\"${CURL_SONAME:-libcurl.so.4}\"" \
		-c "$source" -o "$object" || exit 1
done
touch fuzz/stamp

failed=0
for name in $names; do
	# shellcheck disable=SC2086
	$clang $flags $sanitizers -fsanitize=fuzzer "$top/tests/fuzz/fuzz_$name.c" fuzz/objects/*.o $libraries \
		-o "fuzz/$name" || exit 1
	mkdir -p "fuzz/grown/$name"
	"fuzz/$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=8192 -print_final_stats=0 \
		-artifact_prefix="fuzz/findings/$name-" "fuzz/grown/$name" "$top/tests/fuzz/corpus/$name" \
		"$top/tests/dialects" >"fuzz/$name.log" 2>&1 || { tail -n 40 "fuzz/$name.log"; failed=1; }
	echo "$name: $(grep -o 'Done .*' "fuzz/$name.log" | head -n 1), edges $(grep -o 'cov: [0-9]*' "fuzz/$name.log" | tail -n 1)"
done
exit "$failed"
