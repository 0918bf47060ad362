# Sourced: finds what the project needs on this machine and installs what is missing from the distribution.
# shellcheck shell=bash

packages_refreshed=''

as_root() {
  if [[ $(id -u) == 0 ]]; then
    "$@"
  elif command -v sudo > /dev/null && sudo -n true 2> /dev/null; then
    sudo -n "$@"
  elif command -v sudo > /dev/null && [[ -t 0 ]]; then
    sudo "$@"
  else
    return 1
  fi
}

can_install() {
  command -v apt-get > /dev/null || return 1
  [[ $(id -u) == 0 ]] || { command -v sudo > /dev/null && { [[ -t 0 ]] || sudo -n true 2> /dev/null; }; }
}

# install_packages LOG PACKAGE…: the machine's own services of these packages are not started, we run private instances.
install_packages() {
  local log=$1 guard='' done_well=0
  shift
  can_install || fail "Missing on this machine: $*.
Install it with the distribution's package tool, or run this as root or with sudo (Debian, Ubuntu: apt-get install $*)."
  say "Installing $* …"
  if [[ -z $packages_refreshed ]]; then
    as_root apt-get update -qq >> "$log" 2>&1 < /dev/null || warn "apt-get update had errors (see $log); going on with what is known."
    packages_refreshed=yes
  fi
  if [[ ! -e /usr/sbin/policy-rc.d ]]; then
    printf '#!/bin/sh\nexit 101\n' | as_root tee /usr/sbin/policy-rc.d > /dev/null
    as_root chmod 755 /usr/sbin/policy-rc.d
    guard=yes
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >> "$log" 2>&1 < /dev/null || done_well=$?
  [[ -z $guard ]] || as_root rm -f /usr/sbin/policy-rc.d
  if [[ $done_well != 0 ]]; then
    tail_log "$log" 15
    fail "apt-get could not install: $*"
  fi
}

# The distribution enables its own server at boot; what was installed only for us must not occupy a port next time.
disable_unit() {
  [[ -d /run/systemd/system ]] && command -v systemctl > /dev/null || return 0
  as_root systemctl disable --quiet "$1" > /dev/null 2>&1 || true
}

postgres_bin() {
  local newest
  newest=$(find /usr/lib/postgresql -mindepth 3 -maxdepth 3 -path '*/bin/initdb' 2> /dev/null | sort -V | tail -n 1)
  [[ -n $newest ]] && dirname "$newest"
}

rabbitmq_bin() { [[ -x /usr/lib/rabbitmq/bin/rabbitmq-server ]] && printf '/usr/lib/rabbitmq/bin'; }

native_present() { [[ -n $(postgres_bin) && -n $(rabbitmq_bin) ]]; }

need_postgres() {
  [[ -z $(postgres_bin) ]] || return 0
  install_packages "$1" postgresql
  disable_unit postgresql
}

need_rabbitmq() {
  [[ -z $(rabbitmq_bin) ]] || return 0
  install_packages "$1" rabbitmq-server
  disable_unit rabbitmq-server
}

need_command() { command -v "$2" > /dev/null || install_packages "$1" "$3"; }

need_dotnet() {
  command -v dotnet > /dev/null || fail "The .NET SDK 10 is missing: https://dotnet.microsoft.com/download"
  dotnet --list-sdks 2> /dev/null | grep -q '^10\.' || fail "The .NET SDK 10 is missing (found: $(dotnet --list-sdks 2> /dev/null | cut -d' ' -f1 | tr '\n' ' ')): https://dotnet.microsoft.com/download"
}

# Deadlines are in Asia/Shanghai and texts are sorted in Chinese: minimal machines lack the tables for both.
need_zones_and_collation() {
  [[ -e /usr/share/zoneinfo/Asia/Shanghai ]] || install_packages "$1" tzdata
  ldconfig -p 2> /dev/null | grep -q libicuuc && return 0
  compgen -G '/usr/lib/*/libicuuc.so*' > /dev/null || compgen -G '/usr/lib/libicuuc.so*' > /dev/null || install_packages "$1" libicu-dev
}

# Vite needs 20.19 or newer, which the distribution's own package may not be.
need_node() {
  local version='' major minor
  if ! command -v node > /dev/null && can_install; then install_packages "$1" nodejs npm; fi
  command -v node > /dev/null && version=$(node --version 2> /dev/null)
  IFS=. read -r major minor _ <<< "${version#v}"
  if [[ -z $version ]] || ((major < 20 || (major == 20 && minor < 19))); then
    fail "Node.js 20.19 or newer is needed for the web app (found: ${version:-none}): https://nodejs.org/en/download"
  fi
  command -v npm > /dev/null || install_packages "$1" npm
}

find_chromium() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" && return 0
  done
  return 1
}

need_browser() {
  find_chromium > /dev/null || install_packages "$1" chromium
  find /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" -iname '*cjk*' -print -quit 2> /dev/null | grep -q . ||
    install_packages "$1" fonts-noto-cjk
}
