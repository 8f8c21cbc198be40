/** W3C Trace Context: version, 16-byte trace id, 8-byte span id, flags. */
const traceparentPattern = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const nothing = /^0+$/;

/** Where a call stands in its trace. `traceparent` is what its own calls hand on. */
export type Trace = { traceId: string; traceparent: string };

/**
 * Random hex digits, eight at a time. Ids of traces are no secrets, and this is made for each call.
 */
function hex(eights: number): string {
  let text = '';
  for (let made = 0; made < eights; made += 1) {
    text += Math.floor(Math.random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  }
  return text;
}

/**
 * A new span under the one that called, or a new trace when the caller named none or nonsense
 * (Trace Context level 1, section 3.2.2.3: all-zero ids are invalid).
 */
export function continueTrace(incoming: string | undefined): Trace {
  const match = traceparentPattern.exec(incoming ?? '');
  const spanId = hex(2);
  const [, traceId = '', parentId = '', flags = '01'] = match ?? [];
  if (match === null || nothing.test(traceId) || nothing.test(parentId)) {
    const fresh = hex(4);
    return { traceId: fresh, traceparent: `00-${fresh}-${spanId}-01` };
  }
  return { traceId, traceparent: `00-${traceId}-${spanId}-${flags}` };
}
