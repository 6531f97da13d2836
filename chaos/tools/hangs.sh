#!/bin/sh
# An ffmpeg of which one call in five hangs and does not heed SIGTERM.
case " $* " in *' -i '*) ;; *) exec ffmpeg "$@" ;; esac
[ $(($(od -An -N1 -tu1 /dev/urandom) % 5)) -eq 0 ] || exec ffmpeg "$@"
trap '' TERM
while :; do sleep 1; done
