#!/usr/bin/env bash
# Counts every figure of every cycle of the labor-education programme by plain SQL from the stored revisions, apart from the
# engine, and prints each that analytics has otherwise; nothing is changed.
#   scripts/recount.sh CONNECTION             from the revisions as reporting stores them (all services in one database)
#   scripts/recount.sh CONNECTION analytics   from what analytics was told of them
# CONNECTION as psql takes it, of somebody who sees all rows: 'host=127.0.0.1 port=5432 user=postgres dbname=gengdu'.
# Ends with 0 when everything agrees, 1 when something does not, 2 when it could not be counted.
set -euo pipefail

folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/recount
readonly folder connection=${1:-} source=${2:-services}
if [[ -z $connection || ! -f $folder/from-$source.sql ]]; then
  sed -n '4,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
  exit 2
fi

# One snapshot: facts and figures of the same moment, whatever is reported meanwhile.
differences=$({
  echo 'begin isolation level repeatable read;'
  cat "$folder/from-$source.sql" "$folder/schools.sql" "$folder/nodes.sql" "$folder/differences.sql"
  echo 'rollback;'
} | psql --no-psqlrc --quiet --tuples-only --no-align --field-separator=' ' --set=ON_ERROR_STOP=1 "$connection") || exit 2
if [[ -n $differences ]]; then
  printf '%s\n' "$differences"
  exit 1
fi

echo 'Every figure of every node is what the stored revisions say.'
