{{/* What processes are told. Tests hold these names against what the code reads. */}}

{{/* (root, process, kind): one entry with an address of the database. */}}
{{- define "recourse.databaseVariable" -}}
- name: {{ .variable }}
  valueFrom:
    secretKeyRef:
      name: {{ .root.Values.postgres.existingSecret | replace "{service}" .process }}
      key: {{ get .root.Values.postgres.keys .kind }}
{{- end -}}

{{- define "recourse.migrationEnvironment" -}}
- name: LOG_LEVEL
  value: {{ .root.Values.logLevel }}
{{ include "recourse.databaseVariable" (merge (dict "variable" "DATABASE_URL" "kind" "app") .) }}
{{ include "recourse.databaseVariable" (merge (dict "variable" "DATABASE_SYSTEM_URL" "kind" "system") .) }}
{{ include "recourse.databaseVariable" (merge (dict "variable" "DATABASE_OWNER_URL" "kind" "owner") .) }}
{{- end -}}

{{/* (root, calls): addresses of the neighbours; dns:/// resolves every pod behind the name. */}}
{{- define "recourse.addresses" -}}
{{- $processes := .root.Files.Get "files/processes.yaml" | fromYaml -}}
{{- range .calls }}
- name: {{ upper . }}_ADDRESS
  value: dns:///{{ include "recourse.rpcHost" (dict "root" $.root "process" .) }}:{{ (get $processes .).rpc }}
{{- end }}
{{- end -}}

{{/* (root, process, about): everything a process is told. */}}
{{- define "recourse.environment" -}}
- name: NODE_ENV
  value: production
- name: LOG_LEVEL
  value: {{ .root.Values.logLevel }}
- name: BIND_HOST
  value: 0.0.0.0
- name: HEALTH_PORT
  value: {{ .about.health | quote }}
- name: NATS_URL
  valueFrom:
    secretKeyRef:
      name: {{ .root.Values.nats.existingSecret }}
      key: {{ .root.Values.nats.key }}
- name: NATS_REPLICAS
  value: {{ .root.Values.nats.replicas | quote }}
- name: OIDC_ISSUER
  value: {{ .root.Values.identity.issuer | quote }}
- name: OIDC_AUDIENCE
  value: {{ .root.Values.identity.audience | quote }}
{{- with .root.Values.identity.jwksUrl }}
- name: OIDC_JWKS_URL
  value: {{ . | quote }}
{{- end }}
{{- with .root.Values.tracing.endpoint }}
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ . | quote }}
- name: TRACE_PERCENT
  value: {{ $.root.Values.tracing.percent | quote }}
{{- end }}
{{- if .root.Values.tls.enabled }}
- name: TLS_CERT_FILE
  value: /tls/tls.crt
- name: TLS_KEY_FILE
  value: /tls/tls.key
- name: TLS_CA_FILE
  value: /tls/ca.crt
{{- end }}
{{- include "recourse.addresses" (dict "root" .root "calls" .about.calls) }}
{{- if eq .process "gateway" }}
{{- include "recourse.gatewayEnvironment" . }}
{{- else }}
- name: RPC_PORT
  value: {{ .about.rpc | quote }}
{{ include "recourse.databaseVariable" (merge (dict "variable" "DATABASE_URL" "kind" "app") .) }}
{{ include "recourse.databaseVariable" (merge (dict "variable" "DATABASE_SYSTEM_URL" "kind" "system") .) }}
- name: KEY_ENCRYPTION_KEY
  valueFrom:
    secretKeyRef:
      name: {{ .root.Values.encryption.existingSecret }}
      key: {{ .root.Values.encryption.key }}
{{- if eq .process "agencies" }}
{{- include "recourse.directoryEnvironment" . }}
{{- end }}
{{- end }}
{{- end -}}

{{/* (root, process): port of the directory's own address, for the process that asks it; else empty. */}}
{{- define "recourse.directoryPort" -}}
{{- with .root.Values.identity.directory }}
{{- if and (eq $.process "agencies") .existingSecret .url }}
{{- $url := urlParse .url }}
{{- $port := splitList ":" $url.host | rest | first }}
{{- $port | default (ternary 443 80 (eq $url.scheme "https")) }}
{{- end }}
{{- end }}
{{- end -}}

{{/* (root): how the keeper of the directory manages organisations and people. */}}
{{- define "recourse.directoryEnvironment" -}}
{{- with .root.Values.identity.directory }}
{{- if .existingSecret }}
{{- with .url }}
- name: DIRECTORY_URL
  value: {{ . | quote }}
{{- end }}
- name: DIRECTORY_CLIENT_ID
  value: {{ .clientId | quote }}
- name: DIRECTORY_CLIENT_SECRET
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: {{ .key }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "recourse.gatewayEnvironment" -}}
{{- $gateway := .root.Values.gateway }}
{{- $limits := $gateway.limits }}
- name: HTTP_PORT
  value: {{ .about.http | quote }}
- name: PORTAL_DIR
  value: /app/portal/dist
- name: OIDC_CLIENT_ID
  value: {{ .root.Values.identity.clientId | quote }}
{{- with $gateway.trustProxy }}
- name: TRUST_PROXY
  value: {{ . | quote }}
{{- end }}
{{- with $gateway.corsOrigins }}
- name: CORS_ORIGINS
  value: {{ join "," . | quote }}
{{- end }}
- name: MAX_BODY_BYTES
  value: {{ int64 $limits.maxBodyBytes | quote }}
- name: MAX_UPLOAD_BYTES
  value: {{ int64 $limits.maxUploadBytes | quote }}
- name: LIVE_STREAMS_PER_PERSON
  value: {{ int64 $limits.liveStreamsPerPerson | quote }}
- name: CALL_DEADLINE_MS
  value: {{ int64 $limits.callDeadlineMs | quote }}
- name: RATE_READ
  value: {{ int64 $limits.read | quote }}
- name: RATE_CHANGE
  value: {{ int64 $limits.change | quote }}
- name: RATE_UPLOAD
  value: {{ int64 $limits.upload | quote }}
- name: RATE_LIVE
  value: {{ int64 $limits.live | quote }}
- name: RATE_ANONYMOUS
  value: {{ int64 $limits.anonymous | quote }}
{{- end -}}
