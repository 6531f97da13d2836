#!/bin/sh
# An ffmpeg that kills its worker over pictures of one size.
case "$*" in *",80,clip"*) kill -KILL "$PPID" ;; esac
exec ffmpeg "$@"
