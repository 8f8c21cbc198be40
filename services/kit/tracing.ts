import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { traceWith } from './trace.ts';

/** Traces are exported by OTLP over HTTP while this stands. */
export type Tracing = { stop(): Promise<void> };

/**
 * Begins to export this process's spans to a collector (OpenTelemetry Protocol, JSON over HTTP).
 * Of a hundred new traces `percent` are kept; one that a caller has begun is kept or not as the
 * caller says. Without `endpoint` nothing is exported and spans cost next to nothing.
 */
export function startTracing(o: {
  service: string;
  endpoint: string | undefined;
  percent: number;
}): Tracing {
  if (o.endpoint === undefined) return { stop: async () => undefined };
  const exporter = new OTLPTraceExporter({ url: `${o.endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': o.service }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(o.percent / 100) }),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: 1_000 })],
  });
  traceWith(provider.getTracer('recourse'));
  return {
    stop: async () => {
      traceWith(undefined);
      await provider.shutdown();
    },
  };
}
