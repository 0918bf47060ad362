#!/usr/bin/env bash
# Times a newcomer's first start: clones this repository into an empty folder, starts ./run there, signs in as the pages do.
#   scripts/first-start.sh [./run's options]     prints seconds since the clone began; stops and removes everything at the end
set -euo pipefail

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly repository
# shellcheck source=scripts/console.sh
source "$repository/scripts/console.sh"
# shellcheck source=scripts/processes.sh
source "$repository/scripts/processes.sh"

readonly longest_seconds=5400
folder=$(mktemp -d "${TMPDIR:-/tmp}/gengdu-first-XXXXXXXX")
readonly folder
runner='' port='' address=''

finish() {
  trap - EXIT
  [[ -z $runner ]] || stop_process "$runner" 60
  rm -rf "$folder"
}

note() { printf '%-56s %5d s\n' "$1" "$SECONDS"; }

# await WHAT COMMAND…: until it succeeds, as long as ./run lives.
await() {
  local what=$1
  shift
  until "$@" 2> /dev/null; do
    kill -0 "$runner" 2> /dev/null || { tail_log "$folder/log"; fail "./run ended before: $what"; }
    ((SECONDS < longest_seconds)) || fail "Not within $longest_seconds s: $what"
    sleep 0.5
  done
  note "$what"
}

field() { sed -n "s/.*name=\"$1\" value=\"\([^\"]*\)\".*/\1/p" "$folder/page" | head -1; }

# The cookies and the form of a browser; the session must then answer with a name, and the web app be there.
sign_in() {
  local name=$1 password=$2 address=$3 jar=$folder/cookies
  rm -f "$jar"
  curl -fsSL -b "$jar" -c "$jar" "$address/bff/sign-in" -o "$folder/page"
  curl -sSL -b "$jar" -c "$jar" -o "$folder/landed" "$address/identity/sign-in" \
    --data-urlencode "ticket=$(field ticket)" --data-urlencode "__RequestVerificationToken=$(field __RequestVerificationToken)" \
    --data-urlencode "userName=$name" --data-urlencode "password=$password"
  curl -fsS -b "$jar" "$address/bff/session" | grep -q '"signedIn":true'
  curl -fsS -b "$jar" "$address/" | grep -q '<div id="app"'
}

listening() { grep -q '^Starting the services' "$folder/log"; }
ready() { grep -q 'Gengdu is ready' "$folder/log"; }
as_administrator() { sign_in administrator "$(sed -n 's/^ADMINISTRATOR_PASSWORD=//p' "$folder/gengdu/.local/secrets")" "$address"; }

main() {
  trap finish EXIT
  trap 'exit 130' INT TERM HUP
  port=$(free_port 8080)
  address=http://localhost:$port
  SECONDS=0
  git clone -q "$repository" "$folder/gengdu"
  note 'cloned'
  setsid "$folder/gengdu/run" --port "$port" "$@" > "$folder/log" 2>&1 < /dev/null &
  runner=$!
  await 'the services answer' listening
  await 'signed in as administrator, web app served' as_administrator
  await 'the demo province is loaded' ready
  say ''
  cat "$folder/log"
}

main "$@"
