#!/bin/sh
# Takes the copy of this night out of reach of the account that made it, and lets the oldest copies go.
#   keep-copy.sh COPY SHELF
# asn-backup.service runs it as root once the copy is made; EXIT_STATUS is what `state backup` ended with: 0 all of it is in
# the copy, 3 documents are missing (data_access/commands/state.py). Copies of the two kinds are counted apart, so those that
# lack something never push out one that does not.
set -eu
umask 077
copy=$1 shelf=$2 most=60

case "${EXIT_STATUS:-}" in
    0) ending=cadangan ;;
    3) ending=tidak-lengkap ;;
    *) exit 0 ;; # none was made: the service has failed already
esac
if [ -L "$copy" ] || [ ! -f "$copy" ]; then
    echo "keep-copy: $copy is not there" >&2
    exit 1
fi

install -d -m 0700 "$shelf"
# Under its name only when all of it is on the disk: half a copy would count as one.
install -m 0600 "$copy" "$shelf/.new"
sync "$shelf/.new"
mv "$shelf/.new" "$shelf/$(date +%Y%m%d-%H%M%S).$ending"
rm "$copy"

find "$shelf" -maxdepth 1 -name "*.$ending" -printf '%T@ %p\n' | sort -rn | tail -n "+$((most + 1))" | cut -d ' ' -f 2- |
    xargs -r -d '\n' rm --
