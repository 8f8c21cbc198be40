import { subscribe } from 'node:diagnostics_channel';
import type { Http2Stream } from 'node:http2';

const ignored = (): void => undefined;

/** Nothing comes after `close`; an error that did would have nobody to go to. */
function letGo(stream: Http2Stream): void {
  stream.removeAllListeners();
  stream.on('error', ignored);
}

/**
 * Lets a call and its messages go as soon as its stream has closed. Node gives every writable
 * stream a function of its own, which V8 allocates old (`WritableState.onwrite`), and the listeners
 * of grpc-js hold what was asked and answered: without this, all of it outlived every minor
 * collection.
 */
export function emptyClosedStreams(): void {
  for (const side of ['client', 'server']) {
    subscribe(`http2.${side}.stream.close`, (message) => {
      const { stream } = message as { stream: Http2Stream };
      setImmediate(letGo, stream);
    });
  }
}
