import express, { type Request, type Response } from 'express';
import { Fault, fault } from '@recourse/kit/fault.ts';
import { pass } from './step.ts';

/** Reads a request's JSON body; undefined when there is none. */
export type BodyReader = (request: Request, response: Response) => Promise<unknown>;

const jsonType = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;
const charset = /;\s*charset\s*=\s*"?([\w-]+)/i;
const utf8 = new TextDecoder('utf-8', { fatal: true });

function hasBody(request: Request): boolean {
  const { headers } = request;
  if (headers['transfer-encoding'] !== undefined) return true;
  const length = headers['content-length'];
  return length !== undefined && length !== '0';
}

function checkType(request: Request): void {
  const type = request.headers['content-type'] ?? '';
  const named = charset.exec(type)?.[1]?.toLowerCase() ?? 'utf-8';
  if (!jsonType.test(type) || (named !== 'utf-8' && named !== 'utf8')) {
    throw fault('invalid', 'content_type_not_supported');
  }
}

/**
 * Where the text stops being JSON. The parser's message also quotes the text, which is nobody's.
 */
function positionIn(thrown: unknown): Record<string, number> {
  const position = thrown instanceof Error ? /position (\d+)/.exec(thrown.message)?.[1] : undefined;
  return position === undefined ? {} : { position: Number(position) };
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (cause) {
    throw new Fault('invalid', 'body_not_json', positionIn(cause));
  }
}

/** A body of a megabyte takes seconds; one that drips in holds a connection for its own sake. */
const slowestMs = 30_000;

/**
 * Makes a reader that takes at most `mostBytes`, counted after decompression. Throws `invalid`:
 * `content_type_not_supported` (415), `body_too_large` (413), `body_not_json`,
 * `body_not_an_object`.
 */
export function createBodyReader(mostBytes: number): BodyReader {
  const readBytes = express.raw({ type: () => true, limit: mostBytes });
  return async (request, response) => {
    if (!hasBody(request)) return undefined;
    checkType(request);
    const timer = setTimeout(() => request.destroy(), slowestMs);
    await pass(readBytes, request, response).finally(() => clearTimeout(timer));
    const bytes: unknown = request.body;
    if (!Buffer.isBuffer(bytes) || bytes.length === 0) return undefined;
    const body = parse(bytes);
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw fault('invalid', 'body_not_an_object');
    }
    return body;
  };
}
