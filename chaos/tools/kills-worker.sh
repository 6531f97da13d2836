#!/bin/sh
# An ffprobe that kills its worker over some media: those named in the file "poison" beside it.
for media in $(cat "$(dirname "$0")/poison" 2>/dev/null); do
  case "$*" in *"$media"*) kill -KILL "$PPID" ;; esac
done
exec ffprobe "$@"
