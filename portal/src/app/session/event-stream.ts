/** The part of a response's body that is read; the browser's and Node's streams both have it. */
type Bytes = {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
    cancel(): Promise<void>;
  };
};

/** Gathers lines; an empty one ends an event. Comments and other fields are passed over. */
function gather(): (line: string) => string | undefined {
  let data: string[] = [];
  return (line) => {
    if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
    if (line !== '' || data.length === 0) return undefined;
    const event = data.join('\n');
    data = [];
    return event;
  };
}

/** The data of each event of a `text/event-stream` body (HTML standard, section 9.2.6). */
export async function* parseEvents(body: Bytes): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  const eventAt = gather();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const lines = (rest + decoder.decode(value, { stream: true })).split(/\r\n|\n|\r/);
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const event = eventAt(line);
        if (event !== undefined) yield event;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
