import type { PageInfo, PageRequest } from '@recourse/proto/type/v1/type.ts';
import { type Caller, mayCall } from './caller.ts';
import type { Contract } from './contract.ts';
import type { Tx } from './db.ts';
import { Fault, fault } from './fault.ts';
import { decimalText, minorDigits } from './money.ts';
import type { Cell } from './sheet.ts';

/** Languages of a file's heads and states. */
export type Language = 'zh-CN' | 'en';
export type Words = Readonly<Record<Language, string>>;

/** One column of a file. */
export type Part<Row> = {
  title: Words;
  /** In characters. */
  width: number;
  of(row: Row, language: Language): Cell;
};

/** A part with its two titles. */
export function part<Row>(zh: string, en: string, width: number, of: Part<Row>['of']): Part<Row> {
  return { title: { 'zh-CN': zh, en }, width, of };
}

/** A state in words, by the contract's name of it; empty where there are none. */
export function inWords(words: Readonly<Record<string, Words>>): (state: string) => Words {
  return (state) => words[state] ?? { 'zh-CN': '', en: '' };
}

/** A column of the list, by its name on the screen; in a file it may take several. */
export type ListColumn<Row> = {
  name: string;
  parts: readonly Part<Row>[];
  /** Written only when it is asked for. */
  isExtra?: true;
};

/** Who reads the rows: what is left of a caller when the job runs. */
export type Viewer = Pick<Caller, 'userId' | 'orgId' | 'orgKind' | 'roles'>;

/** A list that can be exported. `Request` is what its RPC is asked, without a page. */
export type ExportList<Request, Row> = {
  title: Words;
  /** The list's own RPC: who may call it may export it. */
  method: string;
  columns: readonly ListColumn<Row>[];
  /** The request as it is kept, and back. */
  codec: { toJSON(request: Request): unknown; fromJSON(json: unknown): Request };
  /** The list's own query, as its RPC answers the same viewer. */
  read(
    tx: Tx,
    viewer: Viewer,
    asked: { request: Request; page: PageRequest; at: Temporal.Instant },
  ): Promise<{ rows: readonly Row[]; page: PageInfo | undefined }>;
};

/** An export list of which only the job knows the row. */
export type AnyList = Omit<ExportList<unknown, unknown>, 'codec' | 'columns' | 'read'> & {
  hasColumn(name: string): boolean;
  /** A request as it is kept: without its page. */
  keep(request: unknown): unknown;
  /** Heads of the chosen columns, and a reader of pages of their cells. */
  open(
    asked: { columns: readonly string[]; language: Language; request: unknown },
    viewer: Viewer,
  ): {
    parts: readonly { title: Words; width: number }[];
    page(
      tx: Tx,
      page: PageRequest,
      at: Temporal.Instant,
    ): Promise<{ rows: readonly (readonly Cell[])[]; page: PageInfo | undefined }>;
  };
};

/** Parts of the wanted columns in their order; one that several columns share comes once. */
function partsOf<Row>(
  columns: readonly ListColumn<Row>[],
  wanted: readonly string[],
): readonly Part<Row>[] {
  const usual = columns.filter(({ isExtra }) => isExtra !== true).map(({ name }) => name);
  const names = wanted.length === 0 ? usual : wanted;
  const chosen = names.flatMap((name) => columns.find((one) => one.name === name)?.parts ?? []);
  return [...new Set(chosen)];
}

/** Hides a list's row from whoever handles lists of several kinds. */
export function exportList<Request, Row>(list: ExportList<Request, Row>): AnyList {
  const { title, method, columns, codec, read } = list;
  const kept: { toJSON(request: unknown): unknown } = codec;
  return {
    title,
    method,
    hasColumn: (name) => columns.some((one) => one.name === name),
    keep: (request) => kept.toJSON({ ...Object(request), page: undefined }),
    open: (asked, viewer) => {
      const { language } = asked;
      const parts = partsOf(columns, asked.columns);
      const request = codec.fromJSON(asked.request);
      return {
        parts,
        page: async (tx, page, at) => {
          const found = await read(tx, viewer, { request, page, at });
          const rows = found.rows.map((row) => parts.map((part) => part.of(row, language)));
          return { rows, page: found.page };
        },
      };
    },
  };
}

/** Faults: `denied` role_not_allowed; `invalid` export_column_unknown. */
export function checkAsked(
  contract: Contract,
  list: AnyList,
  caller: Caller,
  columns: readonly string[],
): void {
  const method = contract.method(list.method);
  if (!mayCall(caller, method.access?.roles ?? [])) {
    throw fault('denied', 'role_not_allowed', { method: method.name, orgKind: caller.orgKind });
  }
  const unknown = columns.find((name) => !list.hasColumn(name));
  if (unknown === undefined) return;
  const repair = 'Name columns of this list only.';
  const violations = [{ field: '/look/columns', rule: 'export_column_unknown', repair }];
  throw new Fault('invalid', 'export_column_unknown', { column: unknown }, { violations });
}

/** An amount as a number with its currency's digits. */
export function amountCell(amount: { currency: string; minor: bigint } | undefined): Cell {
  if (amount === undefined) return '';
  return { number: decimalText(amount), digits: minorDigits(amount.currency) };
}

/** A count of units, tenths or hundredths as a number of units; empty when nothing is known. */
export function countCell(count: number | bigint | undefined, digits: 0 | 1 | 2 = 0): Cell {
  if (count === undefined) return '';
  const [, sign = '', figures = ''] = /^(-?)(\d+)$/.exec(count.toString()) ?? [];
  const text = figures.padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return { number: `${sign}${whole}${digits === 0 ? '' : `.${text.slice(-digits)}`}`, digits };
}
