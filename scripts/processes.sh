# Sourced: processes are stopped by their own id, never by name, and ports are looked at before they are used.
# shellcheck shell=bash

alive() { [[ -n ${1:-} ]] && kill -0 "$1" 2> /dev/null && ! is_zombie "$1"; }

is_zombie() {
  local letter=''
  [[ -r /proc/$1/stat ]] || return 1
  letter=$(sed 's/.*) //; s/ .*//' "/proc/$1/stat" 2> /dev/null) || return 1
  [[ $letter == Z ]]
}

# The id in a file counts only while the process still is what we started: ids are given out again after a crash or reboot.
pid_from() {
  local file=$1 mark=$2 pid=''
  [[ -f $file ]] || return 1
  read -r pid < "$file" || [[ -n $pid ]] || return 1
  [[ $pid =~ ^[0-9]+$ ]] && alive "$pid" || return 1
  { tr '\0' ' ' < "/proc/$pid/cmdline" | grep -qF -- "$mark"; } 2> /dev/null || return 1
  printf '%s' "$pid"
}

# stop_process PID SECONDS: asks, waits, and only then kills.
stop_process() {
  local pid=$1 patience=${2:-15} waited=0
  alive "$pid" || return 0
  kill -TERM "$pid" 2> /dev/null || return 0
  while alive "$pid" && ((waited < patience * 10)); do
    sleep 0.1
    waited=$((waited + 1))
  done
  alive "$pid" || return 0
  kill -KILL "$pid" 2> /dev/null || true
  while alive "$pid" && ((waited < patience * 10 + 50)); do
    sleep 0.1
    waited=$((waited + 1))
  done
}

port_answers() { (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }

# Best effort: other people's processes show no name to an ordinary user.
port_owner() {
  local owner=''
  command -v ss > /dev/null && owner=$(ss -ltnpH "sport = :$1" 2> /dev/null | sed -n 's/.*users:((\(.*\)))$/\1/p' | head -n 1)
  printf '%s' "${owner:-a process this user cannot see}"
}

# free_port WANTED: the wanted port, or the next one nobody listens on.
free_port() {
  local port=$1
  while port_answers "$port"; do
    port=$((port + 10))
    ((port < 32000)) || fail "No free port found from $1 upward."
  done
  printf '%s' "$port"
}

# choose_port WHAT WANTED: like free_port, and says who is in the way.
choose_port() {
  local what=$1 wanted=$2 port
  port=$(free_port "$wanted")
  [[ $port == "$wanted" ]] || warn "Port $wanted ($what) is taken by $(port_owner "$wanted"); using $port."
  printf '%s' "$port"
}

# wait_until SECONDS COMMAND…: polls; fails when the time is over.
wait_until() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.2
  done
}
