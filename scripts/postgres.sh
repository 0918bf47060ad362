# Sourced by infra.sh: a private Postgres from the distribution's package, reachable over 127.0.0.1 only.
# shellcheck shell=bash disable=SC2154 # home, logs, settings, secrets, directory, repository are infra.sh's

# Postgres refuses to run as root, so root lends it to the account the package made.
as_postgres() { if [[ $(id -u) == 0 ]]; then runuser -u postgres -- "$@"; else "$@"; fi; }

postgres_ctl() { (cd / && as_postgres "$(postgres_bin)/pg_ctl" -D "$home/postgres/data" "$@"); }

postgres_running() { [[ -d $home/postgres/data ]] && postgres_ctl status > /dev/null 2>&1; }

postgres_init() {
  local secret=$home/postgres/password
  mkdir -p "$home/postgres"
  (umask 077 && setting "$secrets" POSTGRES_PASSWORD > "$secret")
  if [[ $(id -u) == 0 ]]; then chown -R postgres: "$home/postgres"; fi
  (cd / && as_postgres "$(postgres_bin)/initdb" -D "$home/postgres/data" -U postgres --auth=scram-sha-256 --pwfile="$secret" \
    --encoding=UTF8 --locale=C.UTF-8 --data-checksums) > "$logs/postgres-init.log" 2>&1 ||
    { tail_log "$logs/postgres-init.log"; fail "Postgres could not make its data folder."; }
  rm -f "$secret"
}

# No socket file: its path may be longer than the 107 bytes the system allows. Throw-away data need not
# reach the disk, but every commit leaves the process: tests kill it and count what is left. Terse, because the details of an
# error repeat the row or the key that was refused: a name, a telephone number.
postgres_options() {
  printf '%s' "-p $1 -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=400 -c shared_buffers=$(postgres_buffers) -c max_wal_size=2GB -c log_error_verbosity=terse"
  [[ $throwaway != yes ]] || printf ' -c fsync=off -c full_page_writes=off'
}

# An eighth of the machine's memory, from 256 MB to a gigabyte. A whole province with four cycles does not fit into less, and then whoever
# reads has to write out first what others changed. Tests have little and many databases.
postgres_buffers() {
  local megabytes
  megabytes=$(($(awk '/^MemTotal:/ { print $2 }' /proc/meminfo) / 8192))
  if [[ $throwaway == yes ]] || ((megabytes < 256)); then megabytes=256; fi
  if ((megabytes > 1024)); then megabytes=1024; fi
  printf '%sMB' "$megabytes"
}

postgres_answers_or_gone() { port_answers "$1" || ! postgres_running; }

postgres_try() {
  postgres_ctl start -w -t 60 -s -l "$home/postgres/log" -o "$(postgres_options "$1")" > "$logs/postgres-start.log" 2>&1 < /dev/null
}

postgres_start() {
  local port attempt
  [[ -s $home/postgres/data/PG_VERSION ]] || { rm -rf "$home/postgres/data"; postgres_init; }
  if postgres_running; then
    port=$(sed -n 4p "$home/postgres/data/postmaster.pid")
    keep_setting "$settings" POSTGRES_PORT "$port"
    # Killed a moment ago, it still counts as running; then it must be gone before the next one starts.
    wait_until 10 postgres_answers_or_gone "$port"
    if postgres_running && port_answers "$port"; then return 0; fi
    postgres_stop
  fi
  for attempt in 1 2 3 4; do
    port=$(choose_port Postgres "$(setting "$settings" POSTGRES_PORT)")
    keep_setting "$settings" POSTGRES_PORT "$port"
    postgres_try "$port" && return 0
    # After kill -9 its children need a moment to leave the shared memory; a port may be gone between looking and taking it.
    sleep "$attempt"
  done
  tail_log "$logs/postgres-start.log" 5
  tail_log "$home/postgres/log" 20
  fail "Postgres did not start."
}

postgres_stop() {
  postgres_running || return 0
  if [[ $throwaway == yes ]]; then postgres_ctl stop -m immediate -w -t 10 -s > /dev/null 2>&1 || true; fi
  postgres_running || return 0
  postgres_ctl stop -m fast -w -t 60 -s > /dev/null 2>&1 || postgres_ctl stop -m immediate -w -t 10 -s > /dev/null 2>&1 || true
}

postgres_psql() {
  PGPASSWORD=$(setting "$secrets" POSTGRES_PASSWORD) PGCONNECT_TIMEOUT=5 "$(postgres_bin)/psql" -X -q -v ON_ERROR_STOP=1 \
    -h 127.0.0.1 -p "$(setting "$settings" POSTGRES_PORT)" -U postgres "$@"
}
