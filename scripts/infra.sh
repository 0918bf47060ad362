#!/usr/bin/env bash
# Postgres and RabbitMQ for one folder: its own data, ports and passwords.
#   infra.sh install FOLDER
#   infra.sh start FOLDER [--throwaway] [--native] [--only postgres|rabbitmq] [--owner PID]
#   infra.sh stop FOLDER [--remove]
#   infra.sh psql FOLDER ARGUMENTS…
# `start` leaves FOLDER/connections with GENGDU_TEST_POSTGRES=… and GENGDU_TEST_RABBITMQ=… lines.
# With --owner both end, and the folder goes, when that process does: nothing stays behind after a kill -9.
set -euo pipefail

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly repository
# shellcheck source=scripts/console.sh
source "$repository/scripts/console.sh"
# shellcheck source=scripts/processes.sh
source "$repository/scripts/processes.sh"
# shellcheck source=scripts/packages.sh
source "$repository/scripts/packages.sh"
# shellcheck source=scripts/postgres.sh
source "$repository/scripts/postgres.sh"
# shellcheck source=scripts/rabbitmq.sh
source "$repository/scripts/rabbitmq.sh"
# shellcheck source=scripts/containers.sh
source "$repository/scripts/containers.sh"

throwaway=''
native=''
only=''
owner=''
remove=''

open_folder() {
  mkdir -p "$1/log"
  directory=$(cd "$1" && pwd)
  logs=$directory/log
  settings=$directory/infra
  secrets=$directory/secrets
  home=$(setting "$settings" HOME_FOLDER)
  [[ -n $home && -d $home ]] || home=$directory
  [[ -n $throwaway ]] || throwaway=$(setting "$settings" THROWAWAY)
}

wants() { [[ -z $only || $only == "$1" ]]; }

# As root, Postgres runs under another account that may not be able to reach a clone below /root.
choose_home() {
  [[ $(id -u) == 0 && $home == "$directory" ]] && id postgres > /dev/null 2>&1 || return 0
  (cd / && runuser -u postgres -- test -x "$directory") && return 0
  home=$(mktemp -d /var/tmp/gengdu-XXXXXXXX)
  chmod 711 "$home"
  keep_setting "$settings" HOME_FOLDER "$home"
}

choose_engine() {
  engine=$(setting "$settings" ENGINE)
  [[ -z $engine ]] || { [[ $engine == native ]] || containers_available || fail "The data is in containers, and no Docker engine answers: start it, or begin again with --reset."; return 0; }
  engine=native
  if [[ -z $native ]] && containers_available; then engine=containers; fi
  if [[ -n $native ]] && ! native_present && ! can_install && containers_available; then engine=containers; fi
}

# Test runs side by side look for ports in different places; below the range the system hands out itself.
first_ports() {
  local offset=0
  [[ $throwaway != yes ]] || offset=$((RANDOM % 300 * 20 - 6000))
  [[ -n $(setting "$settings" POSTGRES_PORT) ]] || keep_setting "$settings" POSTGRES_PORT $((25432 + offset))
  [[ -n $(setting "$settings" RABBITMQ_PORT) ]] || keep_setting "$settings" RABBITMQ_PORT $((25672 + offset))
}

install() {
  [[ -n ${engine:-} ]] || choose_engine
  [[ $engine == native ]] || return 0
  if wants postgres; then need_postgres "$logs/packages.log"; fi
  if wants rabbitmq; then need_rabbitmq "$logs/packages.log"; fi
}

start_native() {
  install
  choose_home
  if wants postgres; then postgres_start; fi
  if wants rabbitmq; then rabbitmq_start; fi
}

psql_here() { if [[ $engine == native ]]; then postgres_psql "$@"; else containers_psql "$@"; fi; }

provision() {
  local role roles=({identity,reporting,supervision,analytics,gateway}{,_owner})
  [[ $(psql_here -Atc "select 1 from pg_database where datname = 'gengdu'") == 1 ]] || psql_here -c 'create database gengdu'
  for role in "${roles[@]}"; do
    keep_secret "$secrets" "POSTGRES_PASSWORD_${role^^}"
  done
  # Through stdin: a command line can be read by everyone on the machine.
  {
    cat "$repository/scripts/database.sql"
    for role in "${roles[@]}"; do
      printf "alter role %s password '%s';\n" "$role" "$(setting "$secrets" "POSTGRES_PASSWORD_${role^^}")"
    done
  } | psql_here -d gengdu
}

write_connections() {
  (
    umask 077
    {
      if wants postgres; then
        printf 'GENGDU_TEST_POSTGRES=Host=127.0.0.1;Port=%s;Username=postgres;Password=%s\n' "$(setting "$settings" POSTGRES_PORT)" "$(setting "$secrets" POSTGRES_PASSWORD)"
      fi
      if wants rabbitmq; then
        printf 'GENGDU_TEST_RABBITMQ=amqp://gengdu:%s@127.0.0.1:%s/\n' "$(setting "$secrets" RABBITMQ_PASSWORD)" "$(setting "$settings" RABBITMQ_PORT)"
      fi
      # What the servers write is read by a test that looks for secrets.
      if [[ $engine == native ]]; then printf 'GENGDU_TEST_LOGS=%s:%s\n' "$home/postgres/log" "$home/rabbitmq/log"; fi
    } > "$directory/connections"
  )
}

watch_owner() {
  [[ -n $owner ]] || return 0
  setsid "$repository/scripts/infra.sh" watch "$directory" --owner "$owner" > /dev/null 2>&1 < /dev/null 9>&- &
}

start() {
  first_ports
  keep_setting "$settings" THROWAWAY "$throwaway"
  keep_secret "$secrets" POSTGRES_PASSWORD
  keep_secret "$secrets" RABBITMQ_PASSWORD
  choose_engine
  watch_owner
  if [[ $engine == containers ]] && ! containers_start; then
    [[ -z $(setting "$settings" ENGINE) ]] || { tail_log "$logs/containers.log"; fail "The containers did not start."; }
    warn "Docker answers but its containers did not start (see $logs/containers.log): using the distribution's packages."
    containers_remove
    engine=native
  fi
  if [[ $engine == native ]]; then start_native; fi
  keep_setting "$settings" ENGINE "$engine"
  if wants postgres; then provision; fi
  write_connections
}

stop() {
  engine=$(setting "$settings" ENGINE)
  if [[ $engine == containers ]] && containers_available; then
    if [[ -n $remove ]]; then containers_remove; else containers_stop; fi
  else
    rabbitmq_stop
    postgres_stop
  fi
  [[ -n $remove ]] || return 0
  [[ $home == "$directory" ]] || rm -rf "$home"
  rm -rf "$directory/postgres" "$directory/rabbitmq" "$settings" "$secrets" "$directory/connections"
}

watch() {
  while alive "$owner" && [[ -d $directory ]]; do sleep 1; done
  remove=yes
  stop
  rm -rf "$directory"
}

main() {
  local verb=${1:-} folder=${2:-}
  [[ -n $folder ]] || fail "usage: infra.sh install|start|stop|psql FOLDER …"
  shift 2
  if [[ $verb == psql ]]; then
    open_folder "$folder"
    engine=$(setting "$settings" ENGINE)
    [[ $engine == native ]] || containers_available || fail "No Docker engine answers."
    psql_here "$@"
    return
  fi
  while (($# > 0)); do
    case $1 in
      --throwaway) throwaway=yes ;;
      --native) native=yes ;;
      --remove) remove=yes ;;
      --only) only=$2 && shift ;;
      --owner) owner=$2 && shift ;;
      *) fail "infra.sh: unknown option $1" ;;
    esac
    shift
  done
  case $verb in
    install | start | stop | watch)
      [[ $verb == install ]] || exec < /dev/null
      open_folder "$folder"
      "$verb"
      ;;
    *) fail "infra.sh: unknown command $verb" ;;
  esac
}

main "$@"
