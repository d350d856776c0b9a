#!/bin/sh
# A hook: tells the desktop of an event. Copy it to ~/.config/barky/hooks/stars_finished, or under another event's name.
# A failure is tried again by barky, and in the end passed over; a desktop that is not there is none.
set -eu

notify=${NOTIFY:-notify-send}
read -r event
what=$(printf '%s\n' "$event" | sed 's/.*"event": "\([a-z_]*\)".*/\1/; s/_/ /g')
subject=$(printf '%s\n' "$event" | sed -n 's/.*"subject": "\([^"\\]*\)".*/\1/p')
command -v "$notify" >/dev/null || exit 0
"$notify" "barky: $what" "$subject"
