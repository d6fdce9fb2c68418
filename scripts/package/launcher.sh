#!/bin/sh
# Starts the program with the Node beside it, wherever the folder lies and through whatever links it was called.
self=$0
while [ -L "$self" ]; do
  link=$(readlink "$self")
  case $link in
  /*) self=$link ;;
  *) self=${self%/*}/$link ;;
  esac
done
case $self in */*) ;; *) self=./$self ;; esac
home=$(cd -P -- "${self%/*}" && pwd -P) || exit 3
# kubectl asks for completions by this name.
case ${0##*/} in
kubectl_complete-taintdoctor) set -- __complete "$@" ;;
esac
if [ ! -x "$home/node" ] || [ ! -f "$home/start.cjs" ] || [ ! -f "$home/kubectl-taintdoctor.cjs" ]; then
  echo "error: $home holds only a part of kubectl taintdoctor: install it again" >&2
  exit 3
fi
# The options that the user gives to Node are for other programs.
unset NODE_OPTIONS
exec "$home/node" "$home/start.cjs" "$@"
