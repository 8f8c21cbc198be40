import { setTimeout as sleep } from 'node:timers/promises';
import { contract } from '@recourse/kit/contract.ts';
import { faultFrom } from '@recourse/kit/fault.ts';
import { createMetrics, serveHealth } from '@recourse/kit/health.ts';
import { createLog, type Log } from '@recourse/kit/log.ts';
import { readyProcess, stopOnSignals } from '@recourse/kit/process.ts';
import { createShutdown } from '@recourse/kit/shutdown.ts';
import { startTracing } from '@recourse/kit/tracing.ts';
import { openBroker } from './broker.ts';
import { startGateway } from './gateway.ts';
import { readSettings, type Settings } from './settings.ts';

/** A gateway that runs as a process: its own port, and the one that only the cluster asks. */
export type Running = {
  port: number;
  healthPort: number;
  /** Tells by readiness that it goes, and goes on answering for a second. */
  leave(): Promise<void>;
  stop(): Promise<void>;
};

/** A process that was told to end serves for this long yet, until whoever is in front knows. */
const leaveMs = 1_000;

/** Starts everything of the gateway; what had started is stopped again when a later part fails. */
export async function startProcess(
  settings: Settings,
  o: { log: Log; version: string },
): Promise<Running> {
  const { log, version } = o;
  const shutdown = createShutdown(log);
  const metrics = createMetrics('gateway');
  const tracing = startTracing({
    service: 'gateway',
    endpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT,
    percent: settings.TRACE_PERCENT,
  });
  shutdown.add('tracing', () => tracing.stop());
  let serving = false;
  try {
    const broker = openBroker({
      url: settings.NATS_URL,
      log,
      replicas: settings.NATS_REPLICAS,
    });
    shutdown.add('broker', () => broker.stop());
    const check = async (): Promise<void> => {
      if (!broker.isConnected()) throw new Error('not connected');
    };
    const health = await serveHealth({
      port: settings.HEALTH_PORT,
      host: settings.BIND_HOST,
      metrics,
      isServing: () => serving,
      probes: [{ name: 'broker', required: false, check }],
    });
    shutdown.add('health', () => health.stop());
    const { files, live } = broker;
    const from = contract();
    const gateway = await startGateway({
      settings,
      contract: from,
      files,
      live,
      log,
      metrics,
      version,
    });
    shutdown.add('gateway', () => gateway.stop());
    shutdown.add('readiness', () => {
      serving = false;
    });
    serving = true;
    return {
      port: gateway.port,
      healthPort: health.port,
      leave: async () => {
        serving = false;
        gateway.leave();
        await sleep(leaveMs);
      },
      stop: () => shutdown.run(),
    };
  } catch (thrown) {
    await shutdown.run();
    throw thrown;
  }
}

/**
 * What main.ts does. A start that fails says why, every wrong variable by name, and exits with 1.
 */
export async function runGateway(version: string): Promise<void> {
  let log = createLog('gateway');
  readyProcess(log);
  try {
    const settings = readSettings();
    log = createLog('gateway', settings.LOG_LEVEL);
    stopOnSignals(await startProcess(settings, { log, version }), log);
  } catch (thrown) {
    log.fatal({ err: faultFrom(thrown) }, 'gateway did not start');
    process.exit(1);
  }
}
