#!/bin/sh
# Tags what was added to barky since the last time, by its host. For cron, or a timer:
#
#     */5 * * * *  auto-tag.sh
#
# Killed at any moment, it goes on with the event it was at: an event is acknowledged when it is done.
set -eu

barky=${BARKY:-barky}
name=auto-tag-sh

tag_for() { # tag_for URL
	case $1 in
	*://github.com/* | *://gitlab.com/*) echo code ;;
	*://*.wikipedia.org/*) echo encyclopedia ;;
	esac
}

# {"command": "edit_bookmarks", …} for one bookmark; nothing where there is no tag for it.
edit_of() { # edit_of CHANGE BOOKMARK
	url=$("$barky" show "$2" --format '{url}\n' 2>/dev/null) || return 0 # it is gone again
	tag=$(tag_for "$url")
	[ -z "$tag" ] || printf '{"command": "edit_bookmarks", "origin": "%s", "change": %s, "edits": [{"id": %s, "add_tags": ["%s"]}]}\n' \
		"$name" "$1" "$2" "$tag"
}

"$barky" events --consumer "$name" --event bookmarks_added --jsonl |
	sed 's/^{"id": \([0-9]*\),.*"change": \([0-9]*\),.*"bookmarks": \[\([0-9, ]*\)\].*/\1 \2 \3/; s/,//g' |
	while read -r event change bookmarks; do
		# Refused where the change was undone meanwhile, and that is well.
		for bookmark in $bookmarks; do edit_of "$change" "$bookmark"; done | "$barky" bus >/dev/null || true
		"$barky" events --consumer "$name" --ack "$event"
	done
