# Sourced by run and test: builds .NET and the web app, and skips what has not changed since the last time.
# shellcheck shell=bash disable=SC2154 # repository and stamps are the caller's

attended=''

# Runs a command in a session of its own and waits: a signal reaches us at once, and the command does not get the terminal's Ctrl-C.
attend() {
  local code=0
  setsid "$@" < /dev/null &
  attended=$!
  wait "$attended" || code=$?
  attended=''
  return "$code"
}

stop_attended() {
  local waited=0
  [[ -n $attended ]] || return 0
  kill -TERM -- "-$attended" 2> /dev/null || true
  while kill -0 -- "-$attended" 2> /dev/null && ((waited < 50)); do
    sleep 0.1
    waited=$((waited + 1))
  done
  kill -KILL -- "-$attended" 2> /dev/null || true
  attended=''
}

# hash_of PATH…: one hash over the contents of all files below, build products left out.
hash_of() {
  find "$@" \( -name bin -o -name obj -o -name node_modules -o -name dist -o -name .git \) -prune -o -type f -print0 2> /dev/null |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}

unchanged() { [[ -f $stamps/$1 && $(< "$stamps/$1") == "$2" ]]; }

stamp() {
  mkdir -p "$stamps"
  printf '%s' "$2" > "$stamps/$1"
}

# The compiler server halves the time, but it outlives the build: it gets a name of our own and is ended by its id.
end_compiler_server() {
  local entry
  for entry in /proc/[0-9]*; do
    if { tr '\0' ' ' < "$entry/cmdline" | grep -qF -- "-pipename:$1"; } 2> /dev/null; then stop_process "${entry#/proc/}" 5; fi
  done
}

# dotnet_build LOG PROJECT CONFIGURATION OPTION…
dotnet_build() {
  local log=$1 project=$2 configuration=$3 code=0
  shift 3
  compiler_server=gengdu-$$-$RANDOM
  attend dotnet build "$project" -c "$configuration" --graph -nodeReuse:false -v minimal -clp:NoSummary \
    -p:UseSharedCompilation=true -p:SharedCompilationId="$compiler_server" "$@" > "$log" 2>&1 || code=$?
  end_compiler_server "$compiler_server"
  compiler_server=''
  return "$code"
}

compiler_server=''
stop_build() {
  stop_attended
  [[ -z $compiler_server ]] || end_compiler_server "$compiler_server"
}

build_errors() {
  grep -hE ': error |^error ' "$1" | LC_ALL=C sort -u | head -n 40 >&2 || tail_log "$1"
}

# web_install LOG
web_install() {
  local inputs
  inputs=$(hash_of "$repository/web/package.json" "$repository/web/package-lock.json")
  if [[ -d $repository/web/node_modules ]] && unchanged web-packages "$inputs"; then return 0; fi
  rm -f "$stamps/web-packages"
  attend npm --prefix "$repository/web" ci --no-audit --no-fund > "$1" 2>&1 || return 1
  stamp web-packages "$inputs"
}

# conformance_install LOG
conformance_install() {
  local inputs
  inputs=$(hash_of "$repository/tests/Conformance/package.json" "$repository/tests/Conformance/package-lock.json")
  if [[ -d $repository/tests/Conformance/node_modules ]] && unchanged conformance-packages "$inputs"; then return 0; fi
  rm -f "$stamps/conformance-packages"
  attend npm --prefix "$repository/tests/Conformance" ci --no-audit --no-fund --ignore-scripts > "$1" 2>&1 || return 1
  stamp conformance-packages "$inputs"
}

# web_build LOG: the bundle in web/dist.
web_build() {
  local inputs
  inputs=$(hash_of "$repository/web")
  if [[ -f $repository/web/dist/index.html ]] && unchanged web-bundle "$inputs"; then return 0; fi
  rm -f "$stamps/web-bundle"
  attend npm --prefix "$repository/web" run build > "$1" 2>&1 || return 1
  stamp web-bundle "$inputs"
}
