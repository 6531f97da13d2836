#!/bin/sh
# An ffmpeg of which one call in five crashes, takes all memory, or says that all went well and has made nothing.
case " $* " in *' -i '*) ;; *) exec ffmpeg "$@" ;; esac
case $(($(od -An -N1 -tu1 /dev/urandom) % 15)) in
  0) kill -SEGV $$ ;;
  1) tail /dev/zero ;;
  2) exit 0 ;;
  *) exec ffmpeg "$@" ;;
esac
