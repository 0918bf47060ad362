# Sourced by run, test and the scripts beside it: what they print, and secrets.
# shellcheck shell=bash

if [[ -t 1 ]]; then
  readonly BOLD=$'\e[1m' RED=$'\e[31m' YELLOW=$'\e[33m' PLAIN=$'\e[0m'
else
  readonly BOLD='' RED='' YELLOW='' PLAIN=''
fi

say() { printf '%s\n' "$*"; }
warn() { printf '%s%s%s\n' "$YELLOW" "$*" "$PLAIN" >&2; }
fail() {
  printf '%s%s%s\n' "$RED" "$*" "$PLAIN" >&2
  exit 1
}

phase_started=$SECONDS
phase_name=''

# phase "Building": begins a phase; phase_done prints how long it took.
phase() {
  phase_name=$1
  phase_started=$SECONDS
  [[ -t 1 ]] && printf '%s …' "$phase_name"
  return 0
}

phase_done() {
  [[ -t 1 ]] && printf '\r\e[K'
  printf '%-44s %4d s%s\n' "$phase_name" $((SECONDS - phase_started)) "${1:+  $1}"
}

phase_dropped() { [[ -t 1 ]] && printf '\r\e[K'; return 0; }

# A phase that prints lines of its own must not share its line with them.
phase_open() { [[ -t 1 ]] && printf '\n'; return 0; }

tail_log() {
  local file=$1 lines=${2:-40}
  [[ -s $file ]] || return 0
  printf '%s--- the last lines of %s%s\n' "$BOLD" "$file" "$PLAIN" >&2
  tail -n "$lines" "$file" >&2
}

# random_secret [LENGTH]: letters and digits only, it goes into addresses and connection strings unescaped.
random_secret() {
  local bytes
  bytes=$(head -c 512 /dev/urandom | LC_ALL=C tr -dc 'A-Za-z0-9')
  printf '%s' "${bytes:0:${1:-32}}"
}

# Reads KEY=VALUE lines (values taken as they are, never evaluated) into exported variables.
read_settings() {
  local key value
  [[ -f $1 ]] || return 1
  while IFS='=' read -r key value; do
    [[ $key =~ ^[A-Za-z_][A-Za-z0-9_]*$ ]] && export "$key=$value"
  done < "$1"
}

# setting FILE KEY: prints one value, or nothing.
setting() {
  [[ -f $1 ]] && sed -n "s/^$2=//p" "$1" | tail -n 1
  return 0
}

# keep_setting FILE KEY VALUE: adds or replaces one value; only the owner can read the file.
keep_setting() {
  local file=$1 key=$2 value=$3
  (
    umask 077
    { [[ -f $file ]] && grep -v "^$key=" "$file"; printf '%s=%s\n' "$key" "$value"; } > "$file.new"
    mv "$file.new" "$file"
  )
}

# keep_secret FILE KEY [LENGTH]: makes the secret on first use.
keep_secret() {
  [[ -n $(setting "$1" "$2") ]] || keep_setting "$1" "$2" "$(random_secret "${3:-32}")"
}
