/** The part of pg-copy-streams that is used here; the package has no types of its own. */
declare module 'pg-copy-streams' {
  import type { Readable, Writable } from 'node:stream';
  import type { Submittable } from 'pg';

  /** A writable stream to `COPY … FROM STDIN`; `rowCount` is known when it has finished. */
  export function from(sql: string): Writable & Submittable & { readonly rowCount: number };

  /** A readable stream of `COPY … TO STDOUT`; `rowCount` is known when it has ended. */
  export function to(sql: string): Readable & Submittable & { readonly rowCount: number };
}
