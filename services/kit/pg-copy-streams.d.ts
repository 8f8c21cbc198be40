/** The part of pg-copy-streams that the kit uses; the package has no types of its own. */
declare module 'pg-copy-streams' {
  import type { Writable } from 'node:stream';
  import type { Submittable } from 'pg';

  /** A writable stream to `COPY … FROM STDIN`; `rowCount` is known when it has finished. */
  export function from(sql: string): Writable & Submittable & { readonly rowCount: number };
}
