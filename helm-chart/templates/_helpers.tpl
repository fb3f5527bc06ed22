{{/* What everything is called: the release's name, with the chart's when that is not in it. */}}
{{- define "tributary.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "tributary.operator" -}}
{{ include "tributary.fullname" . }}-operator
{{- end -}}

{{/* What never changes: a Deployment's selector is immutable. */}}
{{- define "tributary.selector" -}}
app.kubernetes.io/name: tributary
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: operator
{{- end -}}

{{- define "tributary.labels" -}}
{{ include "tributary.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "tributary.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{/* Binds a role to the operator; the caller gives kind, name and namespace (empty: cluster-wide). */}}
{{- define "tributary.subject" -}}
- kind: ServiceAccount
  name: {{ include "tributary.operator" . }}
  namespace: {{ .Release.Namespace }}
{{- end -}}

{{/* Of PodMonitors: what Prometheus selects them by, and the chart's own. */}}
{{- define "tributary.monitorLabels" -}}
{{- with .Values.podMonitor.labels }}
{{- toYaml . }}
{{ end -}}
{{ include "tributary.labels" . }}
{{- end -}}
