import {
  HttpClient,
  HttpErrorResponse,
  HttpEventType,
  HttpHeaders,
  HttpParams,
} from '@angular/common/http';
import type { HttpEvent } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import {
  catchError,
  filter,
  firstValueFrom,
  fromEvent,
  map,
  retry,
  takeUntil,
  tap,
  throwError,
  timer,
} from 'rxjs';
import type { Observable } from 'rxjs';
import { newId } from './new-id';
import { Problem, problemFrom } from './problem';
import { saveFile } from './save-file';

/** Turns an answer's JSON into the contract's type: `ListCasesResponse.fromJSON`. */
export type Decode<T> = (json: unknown) => T;

/** A description of one GET; `load` runs it, and runs it again when it has to. */
export type Read<T> = { path: string; decode: Decode<T>; query: unknown };

/** How a changing request may be qualified. */
export type ChangeOptions = {
  /** Names the change, so that a repeat has no second effect; a new one when absent. */
  requestId?: string;
  /** ETag the change is based on; another one at the server refuses with `stale` (412). */
  ifMatch?: string;
  signal?: AbortSignal;
};

/** Statuses after which a read is worth another try. */
const passing: ReadonlySet<number> = new Set([0, 502, 503, 504]);
const readRetries = 2;

/** Makes a path of text and values; every value is encoded: path`/v1/cases/${id}:close`. */
export function path(text: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return String.raw({ raw: text }, ...values.map((value) => encodeURIComponent(value)));
}

/**
 * Describes a GET for `load`. The query is what `Request.toJSON` gives; fields that stand in the
 * path may be left in it, the gateway takes them from the path.
 */
export function read<T>(at: string, decode: Decode<T>, query: unknown = {}): Read<T> {
  return { path: at, decode, query };
}

/** Flattens a request: `{page: {size: 50}, tiers: ['HIGH']}` → `page.size=50&tiers=HIGH`. */
export function queryParams(query: unknown): HttpParams {
  let params = new HttpParams();
  const visit = (name: string, value: unknown): void => {
    if (value === undefined || value === null || value === '') return;
    if (Array.isArray(value)) value.forEach((item) => visit(name, item));
    else if (typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) {
        visit(name === '' ? key : `${name}.${key}`, inner);
      }
    } else if (typeof value === 'string') params = params.append(name, value);
    else params = params.append(name, JSON.stringify(value));
  };
  visit('', query);
  return params;
}

function headersOf(options: ChangeOptions): HttpHeaders {
  const headers = new HttpHeaders({ 'Idempotency-Key': options.requestId ?? newId() });
  return options.ifMatch === undefined ? headers : headers.set('If-Match', options.ifMatch);
}

function waitFor(error: unknown, attempt: number): Observable<unknown> {
  if (!(error instanceof HttpErrorResponse) || !passing.has(error.status)) {
    return throwError(() => error);
  }
  return timer(Math.min(250 * 2 ** attempt, 2000));
}

/** The way to the gateway. Every failure is thrown as a `Problem`; only reads are repeated. */
@Service()
export class Api {
  readonly #http = inject(HttpClient);

  #answer<T>(request: Observable<T>, signal?: AbortSignal): Promise<T> {
    const stopped = signal === undefined ? undefined : fromEvent(signal, 'abort');
    const answered = request.pipe(
      catchError((error: unknown) => throwError(() => problemFrom(error))),
    );
    return firstValueFrom(stopped === undefined ? answered : answered.pipe(takeUntil(stopped)), {
      defaultValue: undefined,
    }).then((value) => {
      if (value === undefined) throw new Problem({ status: 0, reason: 'cancelled' });
      return value;
    });
  }

  /** Reads; a passing failure is tried again twice. */
  get<T>(at: string, decode: Decode<T>, query: unknown = {}, signal?: AbortSignal): Promise<T> {
    const request = this.#http
      .get<unknown>(at, { params: queryParams(query) })
      .pipe(retry({ count: readRetries, delay: waitFor }), map(decode));
    return this.#answer(request, signal);
  }

  /** Creates what the client named in the path. `body` is what `Request.toJSON` gives. */
  put<T>(at: string, body: unknown, decode: Decode<T>, options: ChangeOptions = {}): Promise<T> {
    const request = this.#http.put<unknown>(at, body, { headers: headersOf(options) });
    return this.#answer(request.pipe(map(decode)), options.signal);
  }

  /** Any other change, by its verb. */
  post<T>(at: string, body: unknown, decode: Decode<T>, options: ChangeOptions = {}): Promise<T> {
    const request = this.#http.post<unknown>(at, body, { headers: headersOf(options) });
    return this.#answer(request.pipe(map(decode)), options.signal);
  }

  /** Sends a file; `onProgress` gets bytes sent and all bytes. The answer is decoded JSON. */
  upload<T>(
    at: string,
    file: File,
    decode: Decode<T>,
    onProgress: (sent: number, total: number) => void,
    signal?: AbortSignal,
  ): Promise<T> {
    const headers = new HttpHeaders({
      'Content-Type': file.type || 'application/octet-stream',
      'X-File-Name': encodeURIComponent(file.name),
    });
    const sent = this.#http.put<unknown>(at, file, {
      headers,
      observe: 'events',
      reportProgress: true,
    });
    const answer = sent.pipe(
      tap((event: HttpEvent<unknown>) => {
        if (event.type === HttpEventType.UploadProgress) {
          onProgress(event.loaded, event.total ?? file.size);
        }
      }),
      filter((event) => event.type === HttpEventType.Response),
      map((event) => decode(event.body)),
    );
    return this.#answer(answer, signal);
  }

  /** Reads a file of the server, with the token, and hands it to the browser's downloads. */
  async download(at: string, fileName: string): Promise<void> {
    const blob = await this.#answer(this.#http.get(at, { responseType: 'blob' }));
    saveFile(fileName, blob);
  }
}
