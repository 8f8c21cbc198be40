import type { Tx } from '@recourse/kit/db.ts';
import { onceForCaller } from '@recourse/kit/once.ts';
import type { Handlers } from '@recourse/kit/rpc.ts';
import {
  type Alert,
  AlertState,
  type ScreeningServiceServer,
} from '@recourse/proto/blacklist/v1/screening.ts';
import { settleAlert } from '../domain/alert.ts';
import { readIdNumber } from '../domain/match/identifier.ts';
import { type EntrySeen, type Hit, tidyCode } from '../domain/screening.ts';
import {
  alertForUpdate,
  type AlertRow,
  entriesOf,
  listAlerts,
  saveAlert,
  tellCleared,
  tellHit,
} from '../store/alerts.ts';
import { wordOf } from '../store/words.ts';
import { hitMessage } from '../store/answers.ts';
import { type Rooms } from './rooms.ts';

function hitOf(row: AlertRow, entry: EntrySeen): Hit {
  const identified = row.state === 'CONFIRMED';
  const { score, reasons } = row;
  const asks = entry.kind === 'PERSON' ? 'id_number' : 'credit_code';
  return { entry, identified, score, reasons, asksFor: row.state === 'POSSIBLE' ? asks : '' };
}

function alertMessage(row: AlertRow, entry: EntrySeen | undefined): Alert {
  const { listingId: _id, score: _score, reasons: _reasons, ...shown } = row;
  return {
    ...shown,
    state: AlertState[row.state],
    settledAt: row.settledAt ?? undefined,
    hit: entry === undefined ? undefined : hitMessage(hitOf(row, entry)),
  };
}

async function messages(rooms: Rooms, tx: Tx, rows: readonly AlertRow[]): Promise<Alert[]> {
  const ids = rows.map((row) => row.listingId);
  const entries = await entriesOf(tx, rooms.crypto, ids);
  return rows.map((row) => alertMessage(row, entries.get(row.listingId)));
}

/** What the second identifier makes of an alert; without an entry there is none left. */
async function settled(
  rooms: Rooms,
  row: AlertRow,
  entry: EntrySeen | undefined,
  given: { creditCode: string; idNumber: string; namesake: boolean; note: string },
): Promise<AlertRow['state']> {
  const { creditCode, idNumber, namesake, note } = given;
  const nobody = { kind: 'COMPANY' as const, creditCode: '', idHash: '' };
  const isAsked = entry !== undefined && idNumber !== '';
  const sealer = isAsked ? await rooms.crypto.sealer(entry.associationId) : undefined;
  const idHash = sealer?.blindIndex(idNumber) ?? '';
  const idHolds = idNumber !== '' && readIdNumber(idNumber).verdict === 'valid';
  const command = { creditCode, idHash, idHolds, namesake, note };
  return settleAlert(entry === undefined ? 'CLEARED' : row.state, entry ?? nobody, command);
}

const nothing = { toJSON: () => null, fromJSON: () => undefined };

/** Alerts about present customers. */
export function alertHandlers(rooms: Rooms) {
  return {
    listAlerts: async (request, { caller }) => {
      const state = wordOf(AlertState, request.state) ?? '';
      const { customerId } = request;
      return rooms.db.tenant(caller.orgId, async (tx) => {
        const found = await listAlerts(tx, { state, customerId }, request.page);
        return { alerts: await messages(rooms, tx, found.rows), page: found.page };
      });
    },

    settleAlert: async ({ requestId, idNumber: number, ...request }, call) => {
      const idNumber = tidyCode(number);
      const own = await rooms.crypto.sealer(call.caller.orgId);
      // The number itself must not be guessable from the receipt.
      const content = { ...request, idNumber: own.blindIndex(idNumber) };
      return rooms.db.tenant(call.caller.orgId, async (tx) => {
        const row = await alertForUpdate(tx, request.alertId);
        await onceForCaller(tx, call, { requestId, content }, nothing, async () => {
          const entry = (await entriesOf(tx, rooms.crypto, [row.listingId])).get(row.listingId);
          const state = await settled(rooms, row, entry, { ...request, idNumber });
          await saveAlert(tx, { alertId: row.alertId, state, note: request.note }, call.at);
          if (state === row.state || entry === undefined) return;
          const { alertId, customerId, listingId } = row;
          const hit = hitOf({ ...row, state }, entry);
          if (state === 'CONFIRMED') await tellHit(tx, alertId, { customerId, hit }, call.at);
          else if (row.state === 'CONFIRMED') {
            await tellCleared(tx, [{ alertId, customerId, listingId }], call.at);
          }
        });
        const after = await alertForUpdate(tx, request.alertId);
        const [alert] = await messages(rooms, tx, [after]);
        return { alert };
      });
    },
  } satisfies Partial<Handlers<ScreeningServiceServer>>;
}
