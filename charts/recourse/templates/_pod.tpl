{{/* What all pods have in common: they may run, read their image and write to /tmp. */}}

{{- define "recourse.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
hostNetwork: false
hostPID: false
hostIPC: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- end -}}

{{- define "recourse.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  privileged: false
  readOnlyRootFilesystem: true
  runAsNonRoot: true
  capabilities:
    drop: [ALL]
{{- end -}}

{{- define "recourse.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end -}}

{{- define "recourse.placing" -}}
{{- with .nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end -}}

{{/* (root, process, workload): over zones and nodes, so that one of them can fail. */}}
{{- define "recourse.spread" -}}
topologySpreadConstraints:
  {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: {{ $.workload.spread }}
    labelSelector:
      matchLabels:
        {{- include "recourse.processSelector" $ | nindent 8 }}
    matchLabelKeys: [pod-template-hash]
  {{- end }}
{{- end -}}

{{/*
Startup, readiness and liveness. Liveness asks the process alone: a restart would not mend what
it depends on. The start may take long; only then does liveness begin.
*/}}
{{- define "recourse.probes" -}}
startupProbe:
  httpGet: { path: /live, port: health }
  periodSeconds: 2
  timeoutSeconds: 3
  failureThreshold: {{ max 1 (div .startSeconds 2) }}
readinessProbe:
  httpGet: { path: /ready, port: health }
  periodSeconds: 5
  timeoutSeconds: 4
  failureThreshold: 3
  successThreshold: 1
livenessProbe:
  httpGet: { path: /live, port: health }
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
{{- end -}}

{{/* Who talks to PostgreSQL sees its authority's certificate, never that authority's key. */}}
{{- define "recourse.postgresMount" -}}
{{- if include "recourse.postgresCa" . }}
- { name: postgres-ca, mountPath: /postgres, readOnly: true }
{{- end }}
{{- end -}}

{{- define "recourse.postgresVolume" -}}
{{- with include "recourse.postgresCa" . }}
- name: postgres-ca
  secret:
    secretName: {{ . }}
    defaultMode: 0440
    items:
      - { key: ca.crt, path: ca.crt }
{{- end }}
{{- end -}}
