/** The part of busboy 1.6 that uploads use; the package brings no types. */
declare module 'busboy' {
  import type { IncomingHttpHeaders } from 'node:http';
  import type { Writable } from 'node:stream';

  type Options = {
    headers: IncomingHttpHeaders;
    defParamCharset?: string;
    limits?: { files?: number; fields?: number; fieldSize?: number; parts?: number };
  };

  export default function busboy(options: Options): Writable;
}
