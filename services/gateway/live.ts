import type { Response } from 'express';
import { fault } from '@recourse/kit/fault.ts';
import type { Log } from '@recourse/kit/log.ts';
import type { Arrival, Route } from './route.ts';
import { tokenEndsAtMs } from './session.ts';

/** Where notes come from: the broker's plain subjects, without storage. */
export type LiveSource = {
  isConnected(): boolean;
  /**
   * Calls `onNote` with each note's JSON for an organisation until the function it gives is called.
   */
  listen(orgId: string, onNote: (json: string) => void): () => void;
  /** Called when the connection is there again, after notes may have been missed. */
  onReconnect(listener: () => void): () => void;
};

export type LiveOptions = {
  source: LiveSource;
  log: Log;
  /** Open streams of one person; a browser takes one per tab. */
  mostPerPerson: number;
  heartbeatMs: number;
};

export type Live = {
  route: Route;
  /** Open streams and subscriptions, for tests and measurements. */
  counts(): { streams: number; subscriptions: number };
  /** Ends every stream; the browsers come again by themselves. */
  stop(): void;
};

/**
 * A browser that reads slower than notes come in would fill our memory: past this many bytes its
 * stream is cut. It connects anew, and a new connection reads everything again, so nothing is
 * missed.
 */
const mostWaitingBytes = 256 * 1024;
/** setTimeout takes no longer waits; tokens live for minutes anyway. */
const longestWaitMs = 2 ** 31 - 1;

type Stream = { response: Response; person: string; expiry: NodeJS.Timeout };
type Room = { streams: Set<Stream>; leave: () => void };

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // Proxies such as nginx would hold notes back until a buffer is full.
  'x-accel-buffering': 'no',
};

function write(stream: Stream, text: string): void {
  if (stream.response.writableLength > mostWaitingBytes) stream.response.destroy();
  else stream.response.write(text);
}

/**
 * One event of the stream. A line break would end it early; JSON has none outside its own escapes.
 */
function eventOf(json: string): string {
  return `data: ${json.replaceAll(/[\r\n]/g, ' ')}\n\n`;
}

/**
 * Tells open screens what changed, as server-sent events at `/api/live`. One subscription per
 * organisation with listeners, whatever their number. A note says what to read again, never
 * content, so every person of the organisation may have it.
 */
export function createLive(o: LiveOptions): Live {
  const rooms = new Map<string, Room>();
  const perPerson = new Map<string, number>();

  function openRoom(orgId: string): Room {
    const streams = new Set<Stream>();
    const leave = o.source.listen(orgId, (json) => {
      const text = eventOf(json);
      for (const stream of streams) write(stream, text);
    });
    const room = { streams, leave };
    rooms.set(orgId, room);
    return room;
  }

  function drop(orgId: string, stream: Stream): void {
    clearTimeout(stream.expiry);
    const left = (perPerson.get(stream.person) ?? 1) - 1;
    if (left > 0) perPerson.set(stream.person, left);
    else perPerson.delete(stream.person);
    const room = rooms.get(orgId);
    room?.streams.delete(stream);
    if (room === undefined || room.streams.size > 0) return;
    room.leave();
    rooms.delete(orgId);
  }

  async function handle({ request, response, caller }: Arrival): Promise<void> {
    if (!o.source.isConnected()) throw fault('unavailable', 'live_unavailable');
    if (request.method === 'HEAD') {
      response.writeHead(200, headers).end();
      return;
    }
    const person = `${caller.orgId} ${caller.userId}`;
    const open = perPerson.get(person) ?? 0;
    if (open >= o.mostPerPerson) {
      throw fault('exhausted', 'live_streams_exhausted', { most: o.mostPerPerson });
    }
    perPerson.set(person, open + 1);
    const leftMs = Math.min(tokenEndsAtMs(caller) - Date.now(), longestWaitMs);
    const expiry = setTimeout(() => response.end(), leftMs);
    const stream = { response, person, expiry };
    response.writeHead(200, headers);
    response.write('retry: 2000\n\n');
    (rooms.get(caller.orgId) ?? openRoom(caller.orgId)).streams.add(stream);
    response.once('close', () => drop(caller.orgId, stream));
  }

  function all(): Stream[] {
    return [...rooms.values()].flatMap((room) => [...room.streams]);
  }

  function endAll(): void {
    for (const { response } of all()) response.end();
  }

  // Notes sent while the broker was away are lost; a new connection makes each screen read again.
  const unhook = o.source.onReconnect(() => {
    o.log.info({ streams: all().length }, 'live streams end, the broker is back');
    endAll();
  });
  // Proxies cut silent connections, often after a minute.
  const heartbeat = setInterval(() => {
    for (const stream of all()) write(stream, ': \n\n');
  }, o.heartbeatMs);

  return {
    route: { verb: 'get', template: '/api/live', roles: ['*'], rate: 'live', handle },
    counts: () => ({ streams: all().length, subscriptions: rooms.size }),
    stop() {
      clearInterval(heartbeat);
      unhook();
      endAll();
    },
  };
}
