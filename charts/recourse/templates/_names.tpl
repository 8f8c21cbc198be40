{{/* What objects are called and how they are found. */}}

{{- define "recourse.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* (root, process): the name of a process's objects. */}}
{{- define "recourse.processName" -}}
{{- printf "%s-%s" (include "recourse.fullname" .root) .process -}}
{{- end -}}

{{/* What never changes, so that selectors can rest on it. */}}
{{- define "recourse.selector" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "recourse.labels" -}}
{{ include "recourse.selector" . }}
app.kubernetes.io/part-of: recourse
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* (root, process): the selector of a process's pods. */}}
{{- define "recourse.processSelector" -}}
{{ include "recourse.selector" .root }}
app.kubernetes.io/component: {{ .process }}
{{- end -}}

{{/* (root, name, component, annotations): an object's metadata. */}}
{{- define "recourse.metadata" -}}
name: {{ .name }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "recourse.labels" .root | nindent 2 }}
  {{- with .component }}
  app.kubernetes.io/component: {{ . }}
  {{- end }}
  {{- with .labels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with merge (dict) (.annotations | default dict) .root.Values.commonAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "recourse.image" -}}
{{- $tag := .Values.image.tag | default .Chart.AppVersion -}}
{{- with .Values.image.registry }}{{ . }}/{{ end -}}
{{- .Values.image.repository }}:{{ $tag -}}
{{- with .Values.image.digest }}@{{ . }}{{ end -}}
{{- end -}}

{{/* (root, process): the account it runs as. */}}
{{- define "recourse.account" -}}
{{- if .root.Values.serviceAccount.create -}}
{{- include "recourse.processName" . -}}
{{- else -}}
default
{{- end -}}
{{- end -}}

{{/* The processes with what each is told: `workload` changed by its own. As YAML. */}}
{{- define "recourse.processes" -}}
{{- $processes := .Files.Get "files/processes.yaml" | fromYaml -}}
{{- range $name, $process := $processes -}}
{{- $own := ternary $.Values.gateway.workload (get $.Values.services $name) (eq $name "gateway") -}}
{{- $workload := mergeOverwrite (deepCopy $.Values.workload) (deepCopy ($own | default dict)) -}}
{{- $_ := set $process "workload" $workload -}}
{{- end -}}
{{- toYaml $processes -}}
{{- end -}}

{{/* (root, process): secret of its certificate. */}}
{{- define "recourse.tlsSecret" -}}
{{- $given := .root.Values.tls.existingSecret -}}
{{- if $given -}}
{{- $given | replace "{service}" .process -}}
{{- else -}}
{{- include "recourse.processName" . }}-tls
{{- end -}}
{{- end -}}

{{/* (root, process): the host that its gRPC is called by. */}}
{{- define "recourse.rpcHost" -}}
{{ include "recourse.processName" . }}.{{ .root.Release.Namespace }}.svc.cluster.local
{{- end -}}

{{/* Secret of the authority that PostgreSQL's certificate comes from; empty when there is none. */}}
{{- define "recourse.postgresCa" -}}
{{- if .Values.postgres.caSecret -}}
{{- .Values.postgres.caSecret -}}
{{- else if eq .Values.postgres.mode "cnpg" -}}
{{- include "recourse.cluster" . }}-ca
{{- end -}}
{{- end -}}

{{/* true where the first migrations cannot be hooks: their PostgreSQL is made by this very release. */}}
{{- define "recourse.plainMigrations" -}}
{{ and (eq .Values.postgres.mode "cnpg") .Release.IsInstall }}
{{- end -}}
