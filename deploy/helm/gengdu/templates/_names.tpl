{{/* Labels of one process: (dict "root" $ "service" name). */}}
{{- define "gengdu.selector" -}}
app.kubernetes.io/name: gengdu
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .service }}
{{- end }}

{{- define "gengdu.labels" -}}
{{ include "gengdu.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{- define "gengdu.image" -}}
{{ printf "%s/%s:%s" .root.Values.image.registry .service (default .root.Chart.AppVersion .root.Values.image.tag) }}
{{- end }}

{{- define "gengdu.fullname" -}}
{{ printf "%s-%s" .root.Release.Name .service | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* What the service asks of the cluster's user and files: nobody is root, nothing is written but /tmp. */}}
{{- define "gengdu.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1654
runAsGroup: 1654
fsGroup: 1654
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "gengdu.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{/* The settings that serving and migrating share. */}}
{{- define "gengdu.commonEnv" -}}
- name: POSTGRES
  valueFrom: { secretKeyRef: { name: {{ printf "%s-%s" .root.Values.secretPrefix .service }}, key: postgres } }
- name: ConnectionStrings__Postgres
  value: "$(POSTGRES);Maximum Pool Size={{ .root.Values.defaults.maxPool }}"
{{- if ne .service "gateway" }}
- name: ConnectionStrings__RabbitMq
  valueFrom: { secretKeyRef: { name: {{ printf "%s-%s" .root.Values.secretPrefix .service }}, key: rabbitmq } }
{{- end }}
- name: Identity__Issuer
  value: {{ printf "%s/identity" (trimSuffix "/" .root.Values.publicAddress) | quote }}
- name: Identity__MetadataAddress
  value: {{ printf "http://%s:8080/identity/.well-known/openid-configuration" (include "gengdu.fullname" (dict "root" .root "service" "identity")) | quote }}
{{- with .root.Values.otlpEndpoint }}
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ . | quote }}
{{- end }}
{{- end }}
