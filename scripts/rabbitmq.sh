# Sourced by infra.sh: a private RabbitMQ node with a port mapper (epmd) of its own, reachable over 127.0.0.1 only.
# shellcheck shell=bash disable=SC2154 # home, logs, settings, secrets, directory, repository are infra.sh's

rabbitmq_pid() { pid_from "$home/rabbitmq/pid" "$home/rabbitmq/"; }
rabbitmq_epmd_pid() { pid_from "$home/rabbitmq/epmd.pid" epmd; }

rabbitmq_environment() {
  local port
  port=$(setting "$settings" RABBITMQ_PORT)
  export HOME=$home/rabbitmq/home LC_ALL=C.UTF-8 # the node's cookie lives in its home
  export ERL_EPMD_PORT=$((port + 3)) ERL_EPMD_ADDRESS=127.0.0.1
  export RABBITMQ_NODENAME=gengdu@localhost RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT=$port RABBITMQ_DIST_PORT=$((port + 2))
  export RABBITMQ_MNESIA_BASE=$home/rabbitmq/mnesia RABBITMQ_LOG_BASE=$home/rabbitmq/log RABBITMQ_PID_FILE=$home/rabbitmq/pid
  export RABBITMQ_ENABLED_PLUGINS_FILE=$home/rabbitmq/plugins RABBITMQ_CONFIG_FILE=$home/rabbitmq/rabbitmq.conf
  export RABBITMQ_CONF_ENV_FILE=$home/rabbitmq/env.conf RABBITMQ_GENERATED_CONFIG_DIR=$home/rabbitmq/config RABBITMQ_SCHEMA_DIR=$home/rabbitmq/schema
  export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='+sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}'
}

rabbitmq_configure() {
  local port
  port=$(setting "$settings" RABBITMQ_PORT)
  mkdir -p "$home/rabbitmq/home" "$home/rabbitmq/log" "$home/rabbitmq/mnesia"
  : > "$home/rabbitmq/env.conf"
  echo '[rabbitmq_management].' > "$home/rabbitmq/plugins"
  (
    umask 077
    cat > "$home/rabbitmq/rabbitmq.conf" << CONF
management.tcp.ip = 127.0.0.1
management.tcp.port = $((port + 1))
loopback_users = none
default_user = gengdu
default_pass = $(setting "$secrets" RABBITMQ_PASSWORD)
log.console = false
CONF
  )
}

rabbitmq_ready() {
  local port
  port=$(setting "$settings" RABBITMQ_PORT)
  port_answers "$port" && port_answers $((port + 1))
}

rabbitmq_ready_or_dead() { rabbitmq_ready || ! alive "$1"; }

# Four neighbouring ports: messages, management, distribution, epmd.
rabbitmq_port() {
  local wanted port step
  wanted=$(setting "$settings" RABBITMQ_PORT)
  port=$wanted
  for step in {1..200}; do
    if ! port_answers "$port" && ! port_answers $((port + 1)) && ! port_answers $((port + 2)) && ! port_answers $((port + 3)); then
      [[ $port == "$wanted" ]] || warn "Port $wanted or one of the next three (RabbitMQ) is taken by $(port_owner "$wanted"); using $port."
      printf '%s' "$port"
      return 0
    fi
    port=$((wanted + step * 10))
  done
  fail "No free ports for RabbitMQ from $wanted upward."
}

rabbitmq_try() {
  local server
  keep_setting "$settings" RABBITMQ_PORT "$(rabbitmq_port)"
  rabbitmq_configure
  (
    rabbitmq_environment
    cd /
    setsid epmd -port "$ERL_EPMD_PORT" -address 127.0.0.1 > /dev/null 2>&1 < /dev/null 9>&- &
    echo $! > "$home/rabbitmq/epmd.pid"
  )
  (
    rabbitmq_environment
    cd /
    setsid "$(rabbitmq_bin)/rabbitmq-server" > "$logs/rabbitmq.log" 2>&1 < /dev/null 9>&- &
    echo $! > "$home/rabbitmq/launcher.pid"
  )
  server=$(cat "$home/rabbitmq/launcher.pid")
  wait_until 120 rabbitmq_ready_or_dead "$server" || true
  rabbitmq_ready && rabbitmq_pid > /dev/null
}

rabbitmq_start() {
  local attempt
  if rabbitmq_pid > /dev/null && wait_until 10 rabbitmq_ready; then return 0; fi
  for attempt in 1 2; do
    rabbitmq_stop
    rabbitmq_try && return 0
  done
  tail_log "$logs/rabbitmq.log" 20
  fail "RabbitMQ did not start (attempts: $attempt)."
}

rabbitmq_stop() {
  local pid
  if pid=$(rabbitmq_pid); then
    # Data that is thrown away needs no orderly goodbye, which takes eight seconds.
    if [[ $throwaway == yes ]]; then kill -KILL "$pid" 2> /dev/null || true; fi
    stop_process "$pid" 40
  fi
  if pid=$(pid_from "$home/rabbitmq/launcher.pid" rabbitmq-server); then stop_process "$pid" 5; fi
  if pid=$(rabbitmq_epmd_pid); then stop_process "$pid" 5; fi
  rm -f "$home/rabbitmq/pid" "$home/rabbitmq/epmd.pid" "$home/rabbitmq/launcher.pid"
}
