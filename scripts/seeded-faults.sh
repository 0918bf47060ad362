#!/usr/bin/env bash
# Takes one right check or filter out of a service at a time and runs the authorisation matrix against it: the matrix has to fail.
# Row-level security is off meanwhile in the matrix's own database, because it hides a hole in the code; for holes that let rows
# out, a second run with it on says whether the second fence holds. A drill of half an hour: not part of ./test.
#   scripts/seeded-faults.sh                        all
#   scripts/seeded-faults.sh 03 07                  only these
#   --no-fence: without the second runs; --calibrated: without the run that shows that nothing is found where nothing is missing
# Needs a built clone without uncommitted changes (the patched service is built from HEAD), and what ./test needs.
set -euo pipefail

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly repository
# shellcheck source=scripts/console.sh
source "$repository/scripts/console.sh"

readonly patches=$repository/tests/System.Tests/Scope/SeededFaults
readonly scratch=$repository/.local/seeded-faults
readonly source=$scratch/source
readonly tests=$repository/tests/System.Tests/bin/Debug/net10.0/Gengdu.System.Tests.dll

cleanup() {
  git -C "$repository" worktree remove --force "$source" > /dev/null 2>&1 || true
}

# matrix SECURITY LOG: all services in one run.
matrix() {
  GENGDU_SCOPE_ROW_SECURITY=$1 dotnet exec "$tests" --no-progress --no-ansi --show-live-output on --filter-method "*MatrixTests.Cells_OfOneService*" > "$2" 2>&1 || true
}

# faults SERVICE LOG: how many the matrix of that service found; nothing when it did not run.
faults() { grep -aoE "\] $1: .* [0-9]+ faults" "$2" | grep -oE '[0-9]+ faults' | head -n 1 | cut -d ' ' -f 1 || true; }

service_of() { local rest=${1#*-}; printf '%s' "${rest%%-*}"; }

# Its own working tree, so that one service's fault is not in another's build.
put_in() {
  local name=$1 service=$2
  git -C "$source" checkout -q -- . && git -C "$source" apply "$patches/$name.patch"
  dotnet build "$source/services/$service" -c Debug -p:TreatWarningsAsErrors=false -v q > "$scratch/$name.build.log" 2>&1 || fail "$name: the patched service does not build (see $scratch/$name.build.log)"
  rm -rf "${scratch:?}/$service"
  cp -r "$source/services/$service/bin/Debug/net10.0" "$scratch/$service"
  export "GENGDU_TEST_SERVICE_${service^^}=$scratch/$service"
}

judge() {
  local name=$1 service=$2 round=$3 found fenced verdict
  found=$(faults "$service" "$scratch/round-$round.log")
  if [[ -z $found ]]; then verdict='did not run'
  elif ((found == 0)); then verdict='MISSED'
  else
    verdict="caught by $found cells"
    caught=$((caught + 1))
  fi
  if [[ $name == *-scope && $fence == yes ]]; then
    fenced=$(faults "$service" "$scratch/round-$round.fenced.log")
    if [[ -z $fenced ]]; then verdict+='; with row-level security it did not run'
    elif ((fenced == 0)); then verdict+='; row-level security holds'
    else verdict+="; with row-level security $fenced cells, $(grep -acE "of /api/$service.*the answer .* shows|/api/$service/.* shows" "$scratch/round-$round.fenced.log" || true) of them show something"
    fi
  fi
  say "  $(printf '%-38s' "$name") $verdict"
}

# A service has one fault at a time; the services take theirs together, each judged by its own routes.
drill() {
  local round=$1 name
  shift
  for name in identity reporting supervision analytics; do unset "GENGDU_TEST_SERVICE_${name^^}"; done
  phase "Round $round: $#"
  for name in "$@"; do put_in "$name" "$(service_of "$name")"; done
  matrix off "$scratch/round-$round.log"
  [[ $fence == no ]] || matrix on "$scratch/round-$round.fenced.log"
  phase_done
  for name in "$@"; do judge "$name" "$(service_of "$name")" "$round"; done
}

main() {
  local patch name service wanted round=0 all=() left=() now=() rest=() taken
  while [[ ${1:-} == --* ]]; do
    case $1 in
      --no-fence) fence=no ;;
      --calibrated) calibrated=yes ;;
      *) fail "No such option: $1" ;;
    esac
    shift
  done
  [[ -z $(git -C "$repository" status --porcelain --untracked-files=no) ]] || fail 'There are uncommitted changes: the patched services are built from HEAD.'
  [[ -s $tests ]] || fail 'Build first: dotnet build Gengdu.slnx'
  mkdir -p "$scratch"
  trap cleanup EXIT
  cleanup
  git -C "$repository" worktree add -q --detach "$source" HEAD
  for patch in "$patches"/*.patch; do
    name=$(basename "$patch" .patch)
    if (($# == 0)); then all+=("$name"); fi
    for wanted in "$@"; do [[ $name != "$wanted"-* ]] || all+=("$name"); done
  done

  # A matrix that fails anyway catches nothing.
  if [[ $calibrated == no ]]; then
    phase 'Nothing taken out'
    matrix off "$scratch/calibration.log"
    for service in identity reporting supervision analytics; do
      [[ $(faults "$service" "$scratch/calibration.log") == 0 ]] || fail "The matrix of $service fails without any fault, or did not run (see $scratch/calibration.log)"
    done
    phase_done 'content'
  fi
  left=("${all[@]}")
  while ((${#left[@]} > 0)); do
    round=$((round + 1)) now=() rest=() taken=' '
    for name in "${left[@]}"; do
      service=$(service_of "$name")
      if [[ $taken == *" $service "* ]]; then rest+=("$name"); else now+=("$name") taken+="$service "; fi
    done
    drill "$round" "${now[@]}"
    left=("${rest[@]}")
  done
  say "$caught of ${#all[@]} seeded faults caught"
  ((caught == ${#all[@]}))
}

caught=0
fence=yes
calibrated=no
main "$@"
