import { ReadableStream } from 'node:stream/web';
import { describe, expect, it } from '@jest/globals';
import { parseEvents } from './event-stream';
import { noteOf } from './live';

async function read(...chunks: readonly string[]): Promise<string[]> {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(encoder.encode(chunk));
      controller.close();
    },
  });
  const found: string[] = [];
  for await (const data of parseEvents(body)) found.push(data);
  return found;
}

describe('an event stream', () => {
  it.each([
    ['one event', ['data: a\n\n'], ['a']],
    ['one event in pieces', ['da', 'ta: a', '\n', '\n'], ['a']],
    ['several lines of data', ['data: a\ndata: b\n\n'], ['a\nb']],
    ['comments and other fields', [': hi\nid: 1\nevent: x\ndata: a\n\n'], ['a']],
    ['carriage returns', ['data: a\r\n\r\ndata:b\r\n\r\n'], ['a', 'b']],
    ['an event that was cut off', ['data: a\n\ndata: b\n'], ['a']],
  ])('with %s', async (_what, chunks, wanted) => {
    expect(await read(...chunks)).toEqual(wanted);
  });
});

describe('a live note', () => {
  it('is read with its progress', () => {
    const json = {
      noun: 'import',
      id: 'i',
      change: 'progress',
      progress: { stage: 'writing', done: '5', total: '10', perSecond: '2' },
    };
    expect(noteOf(JSON.stringify(json))).toEqual({
      ...json,
      progress: { stage: 'writing', done: 5, total: 10, perSecond: 2 },
    });
  });

  it.each(['', 'x', '[]', 'null', '{"id":"1"}'])('is nothing in %s', (data) => {
    expect(noteOf(data)).toBeUndefined();
  });
});
