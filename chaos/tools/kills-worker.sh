#!/bin/sh
# An ffmpeg that kills its worker over pictures of one size.
case "$*" in *",48,clip"*) kill -KILL "$PPID" ;; esac
exec ffmpeg "$@"
