# Sourced by run: the four services and the gateway as processes of this machine, with the settings each of them needs.
# shellcheck shell=bash disable=SC2154 # repository, state and the ports are run's

readonly services=(identity reporting supervision analytics gateway)

readonly ADMINISTRATOR=administrator
readonly SECURITY_ADMINISTRATOR=security
readonly AUDITOR=auditor

declare -A ports=([identity]=5101 [reporting]=5102 [supervision]=5103 [analytics]=5104 [inside]=5105)
declare -A pids=()
https='' # run --https sets it

program_of() { printf '%s/services/%s/bin/Release/net10.0/Gengdu.%s.dll' "$repository" "$1" "${1^}"; }

# The address people use and the issuer of all tokens; the services themselves listen on this machine only.
address() { if [[ -n $https ]]; then printf 'https://localhost:%s' "${ports[gateway]}"; else printf 'http://localhost:%s' "${ports[gateway]}"; fi; }

# Where the gateway is reached without the certificate, from this machine alone: by identity, and to ask for its health.
inside_gateway() { if [[ -n $https ]]; then printf 'http://127.0.0.1:%s' "${ports[inside]}"; else address; fi; }

choose_service_ports() {
  local service
  for service in identity reporting supervision analytics ${https:+inside}; do
    ports[$service]=$(choose_port "$service" "${ports[$service]}")
  done
}

# postgres_as ROLE: the connection string of one of a service's two roles.
postgres_as() {
  printf 'Host=127.0.0.1;Port=%s;Database=gengdu;Username=%s;Password=%s' "$(setting "$infra/infra" POSTGRES_PORT)" "$1" "$(setting "$infra/secrets" "POSTGRES_PASSWORD_${1^^}")"
}

# with_settings SERVICE COMMAND…: becomes the command, with everything a service is told in its environment. Only for
# background jobs: it replaces the shell, so that the job's id is the service's own.
with_settings() {
  local service=$1 listen
  shift
  listen=http://127.0.0.1:${ports[$service]}
  if [[ $service == gateway ]]; then listen="$(address)${https:+;$(inside_gateway)}"; fi
  local settings=(
    "ASPNETCORE_URLS=$listen"
    "ConnectionStrings__Postgres=$(postgres_as "$service");Maximum Pool Size=50"
    "ConnectionStrings__RabbitMq=$(setting "$infra/connections" GENGDU_TEST_RABBITMQ)"
    "Identity__Issuer=$(address)/identity"
    "Identity__MetadataAddress=http://127.0.0.1:${ports[identity]}/identity/.well-known/openid-configuration"
    "Audit__CheckpointKeyFile=$state/audit/key.pem"
    "Audit__CheckpointFolder=$state/audit"
    "DOTNET_gcServer=0"
    "DOTNET_NOLOGO=1"
  )
  case $service in
    identity)
      settings+=(
        "Identity__GatewayJwksAddress=$(inside_gateway)/bff/jwks"
        "Identity__GatewayBackchannelLogoutUri=$(inside_gateway)/bff/backchannel-logout"
        "Identity__GatewayAddress=$(address)"
        "Identity__SecondFactor__Required=false" # the demo's accounts are for looking around; a real province leaves it on
        "Notices__Folder=$state/outgoing" # what would be sent lies there: docs/operations/notices.md
        "Notices__Mail__Transport=Folder"
        "Notices__Sms__Transport=Folder"
        "Bootstrap__UserName=$ADMINISTRATOR"
        "Bootstrap__Password=$(setting "$state/secrets" ADMINISTRATOR_PASSWORD)"
        "Bootstrap__SecurityUserName=$SECURITY_ADMINISTRATOR"
        "Bootstrap__SecurityPassword=$(setting "$state/secrets" DEMO_PASSWORD)"
        "Bootstrap__AuditUserName=$AUDITOR"
        "Bootstrap__AuditPassword=$(setting "$state/secrets" DEMO_PASSWORD)"
      )
      ;;
    gateway)
      settings+=(
        "Gateway__WebRoot=$repository/web/dist"
        "Services__Identity=http://127.0.0.1:${ports[identity]}"
        "Services__Reporting=http://127.0.0.1:${ports[reporting]}"
        "Services__Supervision=http://127.0.0.1:${ports[supervision]}"
        "Services__Analytics=http://127.0.0.1:${ports[analytics]}"
      )
      [[ -z $https ]] || settings+=("Gateway__Certificate__File=$(https_folder)/gateway.pem" "Gateway__Certificate__KeyFile=$(https_folder)/gateway.key")
      ;;
    *) settings+=("Programmes__Directory=$repository/programmes") ;;
  esac
  # Only the process that changes the schema knows the role that may.
  [[ ${*: -1} != migrate ]] || settings+=("ConnectionStrings__PostgresOwner=$(postgres_as "${service}_owner")")
  exec env -C "$(dirname "$(program_of "$service")")" "${settings[@]}" "$@"
}

# Processes of an earlier ./run that was killed the hard way: found by id, and only when they still are what we started.
stop_leftovers() {
  local service pid
  for service in gateway analytics supervision reporting identity; do
    if pid=$(pid_from "$state/pids/$service" "$(program_of "$service")"); then
      warn "Stopping $service, left over from an earlier start (process $pid)."
      stop_process "$pid" 35
    fi
    rm -f "$state/pids/$service"
  done
}

# Signs the audit's checkpoints. Lies beside the database here; a real province keeps both key and folder on another machine.
make_audit_key() {
  [[ ! -f $state/audit/key.pem ]] || return 0
  mkdir -p "$state/audit"
  dotnet "$repository/tools/AuditVerifier/bin/Release/net10.0/Gengdu.AuditVerifier.dll" key "$state/audit/key.pem" "$state/audit/key.pub.pem" > "$logs/audit-key.log" 2>&1 9>&-
}

migrate_services() {
  local service failed=0
  declare -A migrating=()
  for service in "${services[@]}"; do
    with_settings "$service" setsid dotnet "$(program_of "$service")" migrate > "$logs/$service-migrate.log" 2>&1 < /dev/null 9>&- &
    migrating[$service]=$!
  done
  for service in "${services[@]}"; do
    wait "${migrating[$service]}" && continue
    tail_log "$logs/$service-migrate.log"
    warn "The schema of $service could not be brought up to date."
    failed=1
  done
  return $failed
}

start_service() {
  local service=$1
  [[ ! -f $logs/$service.log ]] || mv "$logs/$service.log" "$logs/$service.previous.log"
  with_settings "$service" setsid dotnet "$(program_of "$service")" > "$logs/$service.log" 2>&1 < /dev/null 9>&- &
  pids[$service]=$!
  printf '%s\n' "${pids[$service]}" > "$state/pids/$service"
}

start_services() {
  local service
  mkdir -p "$state/pids"
  make_audit_key || fail "No key for the audit's checkpoints could be made; see $logs/audit-key.log"
  for service in "${services[@]}"; do start_service "$service"; done
}

healthy() {
  local url=http://127.0.0.1:${ports[$1]}/health/ready
  if [[ $1 == gateway ]]; then url=$(inside_gateway)/health/ready; fi
  curl -fs -o /dev/null --noproxy '*' --max-time 5 "$url"
}

healthy_or_dead() { healthy "$1" || ! alive "${pids[$1]}"; }

await_services() {
  local service
  for service in "${services[@]}"; do
    wait_until 180 healthy_or_dead "$service" && alive "${pids[$service]}" && continue
    phase_open
    tail_log "$logs/$service.log"
    if alive "${pids[$service]}"; then
      curl -s --noproxy '*' --max-time 5 "http://127.0.0.1:${ports[$service]}/health/ready" >&2 || true
      fail "$service is not ready after 180 s; its log is $logs/$service.log"
    fi
    fail "$service ended while starting; its log is $logs/$service.log"
  done
}

# The gateway first: requests under way are answered while the services behind it still are there.
stop_services() {
  local service stopping=()
  if [[ -n ${pids[gateway]:-} ]]; then stop_process "${pids[gateway]}" 35; fi
  for service in identity reporting supervision analytics; do
    [[ -n ${pids[$service]:-} ]] || continue
    stop_process "${pids[$service]}" 35 &
    stopping+=($!)
  done
  if ((${#stopping[@]} > 0)); then wait "${stopping[@]}" || true; fi
  for service in "${services[@]}"; do rm -f "$state/pids/$service"; done
  pids=()
}
