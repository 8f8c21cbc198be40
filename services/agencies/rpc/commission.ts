import { actorOf } from '@recourse/kit/caller.ts';
import { onceForCaller } from '@recourse/kit/once.ts';
import { Readable } from 'node:stream';
import type { Tx } from '@recourse/kit/db.ts';
import { emit } from '@recourse/kit/events.ts';
import { fault } from '@recourse/kit/fault.ts';
import { namedUuid, sha256 } from '@recourse/kit/hash.ts';
import { money, zero } from '@recourse/kit/money.ts';
import { pdfBytes } from '@recourse/kit/pdf.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import { sharedRuns } from '@recourse/kit/shared-run.ts';
import {
  CloseStatementResponse,
  type CommissionLine as LineMessage,
  type CommissionServiceServer,
  type DrawStatementRequest,
  type ExportStatementRequest,
  LineKind,
  LineMark,
  type ListBalancesResponse,
  type ListCommissionLinesRequest,
  type ListStatementsRequest,
  MarkStatementLineResponse,
  type PreviewCommissionRequest,
  type PreviewCommissionResponse,
  type Statement as StatementMessage,
  StatementState,
} from '@recourse/proto/agencies/v1/commission.ts';
import type { FileRef } from '@recourse/proto/type/v1/type.ts';
import { example } from '../domain/preview.ts';
import { creditorDay } from '../domain/placement.ts';
import { csvText, statementSheet } from '../domain/sheet.ts';
import { statementPaper } from '../domain/statement-paper.ts';
import {
  checkAgainstLedger,
  close,
  draw,
  markLine,
  type Statement,
  type Totals,
  totals,
} from '../domain/statement.ts';
import { balances, listLines, type SeenLine } from '../store/lines.ts';
import {
  drawFacts,
  listStatements,
  saveDrawn,
  saveMark,
  saveStatement,
  statementForUpdate,
  statementLine,
  statementLines,
  type Summed,
  summedStatement,
} from '../store/statements.ts';
import { workbook } from '../store/workbook.ts';
import { agenciesTopic } from '../topic.ts';
import { madeBy, type Reader, type Rooms, sideOf, wordsOf } from './rooms.ts';

function lineMessage(line: SeenLine): LineMessage {
  return {
    ...line,
    kind: LineKind[line.kind],
    mark: LineMark[line.mark],
    receivedOn: line.receivedOn.toString(),
    accruedAt: line.accruedAt.toString(),
  };
}

/** A statement as it is shown, once its totals have been held against the ledger. */
function statementMessage({ statement, totals: made, ledger }: Summed): StatementMessage {
  checkAgainstLedger(statement, made, ledger);
  return {
    ...statement,
    ...made,
    state: StatementState[statement.state],
    closedAt: statement.closedAt?.toString(),
  };
}

/** A page of lines as it is answered; the screen and the export read the same. */
export async function linesPage(tx: Tx, reader: Reader, request: ListCommissionLinesRequest) {
  const { agencyId, creditorId, caseId, placementId, onlyUnstated } = request;
  const filter = { agencyId, creditorId, caseId, placementId, onlyUnstated };
  const found = await listLines(tx, sideOf(reader), filter, request.page);
  return { lines: found.lines.map(lineMessage), page: found.page };
}

/** A page of statements as it is answered. */
export async function statementsPage(tx: Tx, reader: Reader, request: ListStatementsRequest) {
  const { agencyId, creditorId } = request;
  const filter = { agencyId, creditorId };
  const found = await listStatements(tx, sideOf(reader), filter, request.page);
  return { statements: found.statements.map(statementMessage), page: found.page };
}

async function summed(tx: Tx, statementId: string): Promise<Summed> {
  const found = await summedStatement(tx, statementId);
  if (found === undefined) throw fault('missing', 'statement_unknown');
  return found;
}

type Drawn = { statement: StatementMessage; lines: LineMessage[] };

async function read(tx: Tx, statementId: string): Promise<Drawn> {
  const found = await summed(tx, statementId);
  const lines = await statementLines(tx, found.statement.creditorId, statementId);
  return { statement: statementMessage(found), lines: lines.map(lineMessage) };
}

function drawStatement(rooms: Rooms, request: DrawStatementRequest, call: Call): Promise<Drawn> {
  return rooms.db.tenant(call.caller.orgId, async (tx) => {
    const facts = await drawFacts(tx, request);
    const { state, takesLines } = draw(facts, request, call.caller, call.at);
    if (takesLines) await saveDrawn(tx, state, facts.nextSerial);
    return read(tx, request.statementId);
  });
}

const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
} as const;
type Format = keyof typeof mediaTypes;

function formatOf(text: string): Format {
  return text === 'xlsx' || text === 'pdf' ? text : 'csv';
}

/** Statements are some thousand lines at most; this is far above and still bounded. */
const mostExportBytes = 64 * 1024 * 1024;

async function bytesOf(
  format: Format,
  statement: Statement,
  lines: readonly SeenLine[],
  made: Totals,
  how: Parameters<typeof statementPaper>[3],
): Promise<Buffer> {
  if (format === 'pdf') return pdfBytes(statementPaper(statement, lines, made, how));
  const sheet = statementSheet(statement, lines, made);
  return format === 'xlsx' ? workbook(sheet) : Buffer.from(csvText(sheet));
}

async function exportStatement(
  rooms: Rooms,
  request: ExportStatementRequest,
  call: Call,
): Promise<FileRef> {
  const { orgId } = call.caller;
  const format = formatOf(request.format);
  const { found, lines } = await rooms.db.tenant(orgId, async (tx) => {
    const one = await summed(tx, request.statementId);
    return {
      found: one,
      lines: await statementLines(tx, one.statement.creditorId, request.statementId),
    };
  });
  const { statement } = found;
  checkAgainstLedger(statement, found.totals, found.ledger);
  const made = totals(lines, statement.currency);
  const bytes = await bytesOf(format, statement, lines, made, {
    language: request.language === 'en' ? 'en' : 'zh-CN',
    day: creditorDay(call.at),
  });
  // What a reader may see changes with time: a file is named by what is in it.
  const fileId = namedUuid(orgId, `${statement.statementId} ${format} ${sha256(bytes)}`);
  const fileName = `${statement.number}.${format}`;
  const mediaType = mediaTypes[format];
  // The same again for whoever asks again.
  const how = { fileName, mediaType, maxBytes: mostExportBytes, fleeting: true };
  const { sizeBytes } = await rooms.files.put(orgId, fileId, Readable.from([bytes]), how);
  return { fileId, fileName, mediaType, sizeBytes: BigInt(sizeBytes) };
}

function preview(request: PreviewCommissionRequest): PreviewCommissionResponse {
  const { terms, placed = zero(''), daysOverdue } = request;
  const payments = request.payments.map(({ amount = zero(placed.currency), inLitigation }) => ({
    amount,
    inLitigation,
  }));
  const { lines, commission, vat } = example(terms, placed, daysOverdue, payments);
  return {
    commission,
    vat,
    lines: lines.map(({ line, ...numbers }) => ({
      ...line,
      ...numbers,
      kind: LineKind[line.kind],
    })),
  };
}

/**
 * Commission lines, statements and balances. Faults: see `draw`, `markLine`, `close`; `missing`
 * statement_unknown; those of `example`; `internal` statement_differs_from_ledger rather than a
 * wrong figure.
 */
export function commissionHandlers(rooms: Rooms): Handlers<CommissionServiceServer> {
  const { db } = rooms;
  // It sums all of the ledger.
  const share = sharedRuns<ListBalancesResponse>({ rest: 3 });
  return {
    listCommissionLines: (request, call) =>
      db.tenant(call.caller.orgId, (tx) => linesPage(tx, call.caller, request)),

    listStatements: (request, call) =>
      db.tenant(call.caller.orgId, (tx) => statementsPage(tx, call.caller, request)),

    getStatement: (request, call) =>
      db.tenant(call.caller.orgId, (tx) => read(tx, request.statementId)),

    drawStatement: (request, call) => drawStatement(rooms, request, call),

    markStatementLine: (request, call) => {
      const { requestId, ...content } = request;
      const { statementId, lineId, holdReason } = request;
      const command = { requestId, content: { verb: 'mark', ...content } };
      return db.tenant(call.caller.orgId, (tx) =>
        onceForCaller(tx, call, command, MarkStatementLineResponse, async () => {
          const statement = await statementForUpdate(tx, statementId);
          const line = await statementLine(tx, statementId, lineId);
          const [mark] = wordsOf(LineMark, [request.mark]);
          const decided = markLine(statement, line, mark, holdReason);
          await saveMark(tx, statementId, decided.line);
          await saveStatement(tx, decided.state);
          const shown = line === undefined ? undefined : lineMessage({ ...line, ...decided.line });
          return { statement: statementMessage(await summed(tx, statementId)), line: shown };
        }),
      );
    },

    closeStatement: (request, call) => {
      const { requestId, ...content } = request;
      const { statementId, expectedVersion } = request;
      const command = { requestId, content: { verb: 'close', ...content } };
      return db.tenant(call.caller.orgId, (tx) =>
        onceForCaller(tx, call, command, CloseStatementResponse, async () => {
          const present = await statementForUpdate(tx, statementId);
          const found = await summed(tx, statementId);
          checkAgainstLedger(found.statement, found.totals, found.ledger);
          const actor = actorOf(call.caller);
          const { state, events } = close(present, found.totals, expectedVersion, actor, call.at);
          await saveStatement(tx, state);
          const audience = [state.creditorId, state.agencyId];
          const about = { ...madeBy(call), aggregateId: statementId, audience };
          await emit(tx, agenciesTopic, about, events);
          return { statement: statementMessage(await summed(tx, statementId)) };
        }),
      );
    },

    exportStatement: async (request, call) => ({
      file: await exportStatement(rooms, request, call),
    }),

    previewCommission: async (request) => preview(request),

    listBalances: (request, { caller }) =>
      share([caller.orgId, sideOf(caller), request.agencyId].join(' '), () =>
        db.tenant(caller.orgId, async (tx) => {
          const found = await balances(tx, sideOf(caller), request.agencyId);
          return {
            balances: found.map(({ currency, minor, ...named }) => ({
              ...named,
              balance: money(minor, currency),
            })),
          };
        }),
      ),
  };
}
