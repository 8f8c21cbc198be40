import { type Bus, createBus } from '@recourse/kit/bus.ts';
import { fault } from '@recourse/kit/fault.ts';
import { createFiles, type Files } from '@recourse/kit/files.ts';
import type { Log } from '@recourse/kit/log.ts';
import { getWanted } from '@recourse/kit/wanted-files.ts';
import type { LiveSource } from './live.ts';

/** Files in and out of the store: all that the gateway does with them. */
export type FileStore = Pick<Files, 'put' | 'get'>;

/** What the gateway has of the broker: files and live notes. All else goes on without it. */
export type Broker = {
  files: FileStore;
  live: LiveSource;
  isConnected(): boolean;
  stop(): Promise<void>;
};

/**
 * Begins to connect and comes back at once: a gateway whose broker is away still serves everything
 * that needs none. Until it is there, files fault with `unavailable: file_store_unavailable`.
 */
export function openBroker(o: { url: string; log: Log; replicas?: number }): Broker {
  let bus: Bus | undefined;
  let files: Files | undefined;
  const reconnected = new Set<() => void>();
  let stopped = false;
  createBus({ url: o.url, service: 'gateway', log: o.log }).then(
    (made) => {
      if (stopped) return made.stop();
      bus = made;
      files = createFiles({ bus: made, replicas: o.replicas ?? 1 });
      made.onReconnect(() => {
        for (const listener of reconnected) listener();
      });
      return undefined;
    },
    (thrown: unknown) => o.log.error({ err: thrown }, 'broker cannot be used'),
  );
  const store = (): Files => {
    if (files === undefined) throw fault('unavailable', 'file_store_unavailable');
    return files;
  };
  return {
    files: {
      put: async (...given) => store().put(...given),
      get: async (orgId, fileId) => {
        const files = store();
        return bus === undefined
          ? files.get(orgId, fileId)
          : getWanted(bus, files, { orgId, fileId });
      },
    },
    live: {
      isConnected: () => bus?.isConnected() === true,
      listen(orgId, onNote) {
        const subscription = bus?.nc.subscribe(`recourse.live.${orgId}`, {
          callback: (error, message) => {
            if (error === null) onNote(message.string());
          },
        });
        return () => subscription?.unsubscribe();
      },
      onReconnect(listener) {
        reconnected.add(listener);
        return () => void reconnected.delete(listener);
      },
    },
    isConnected: () => bus?.isConnected() === true,
    async stop() {
      stopped = true;
      await bus?.stop();
    },
  };
}
