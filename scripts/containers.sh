# Sourced by infra.sh: the same two servers as containers, where a Docker engine really answers.
# shellcheck shell=bash disable=SC2154 # home, logs, settings, secrets, directory, repository are infra.sh's

compose_command=()

containers_available() {
  command -v docker > /dev/null && timeout 3 docker info > /dev/null 2>&1 || return 1
  if docker compose version > /dev/null 2>&1; then
    compose_command=(docker compose)
  elif command -v docker-compose > /dev/null; then
    compose_command=(docker-compose)
  else
    return 1
  fi
}

compose() {
  local project
  project=gengdu-$(printf '%s' "$directory" | cksum | cut -d' ' -f1)
  GENGDU_POSTGRES_PORT=$(setting "$settings" POSTGRES_PORT) GENGDU_RABBITMQ_PORT=$(setting "$settings" RABBITMQ_PORT) \
    GENGDU_RABBITMQ_MANAGEMENT_PORT=$(($(setting "$settings" RABBITMQ_PORT) + 1)) \
    POSTGRES_PASSWORD=$(setting "$secrets" POSTGRES_PASSWORD) RABBITMQ_PASSWORD=$(setting "$secrets" RABBITMQ_PASSWORD) \
    "${compose_command[@]}" -p "$project" -f "$repository/docker-compose.yml" --profile infra "$@"
}

containers_running() { [[ -n $(compose ps -q 2> /dev/null) ]] && container_postgres_ready; }

container_postgres_ready() { compose exec -T postgres pg_isready -q -U postgres -h 127.0.0.1 > /dev/null 2>&1; }

container_rabbitmq_ready() { compose exec -T rabbitmq rabbitmq-diagnostics -q check_port_connectivity > /dev/null 2>&1; }

containers_start() {
  if ! containers_running; then
    keep_setting "$settings" POSTGRES_PORT "$(choose_port Postgres "$(setting "$settings" POSTGRES_PORT)")"
    keep_setting "$settings" RABBITMQ_PORT "$(choose_port RabbitMQ "$(setting "$settings" RABBITMQ_PORT)")"
  fi
  compose up -d > "$logs/containers.log" 2>&1 || return 1
  wait_until 90 container_postgres_ready && wait_until 120 container_rabbitmq_ready
}

containers_stop() { compose stop > /dev/null 2>&1 || true; }

containers_remove() { compose down -v > /dev/null 2>&1 || true; }

containers_psql() { compose exec -T -e PGOPTIONS= postgres psql -X -q -v ON_ERROR_STOP=1 -U postgres "$@"; }
