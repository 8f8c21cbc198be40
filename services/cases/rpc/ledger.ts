import type { Handlers } from '@recourse/kit/rpc.ts';
import type { LedgerEntry, WorkServiceServer } from '@recourse/proto/cases/v1/work.ts';
import { runningBalance } from '../domain/ledger.ts';
import { creditorZone } from '../rules/in-force.ts';
import { getCase } from '../store/cases.ts';
import { type LedgerRow, ledgerOf } from '../store/ledger.ts';
import { onCase, type Rooms } from './rooms.ts';

const most = 500;

function entryMessage(row: LedgerRow & { balanceMinor: bigint }, currency: string): LedgerEntry {
  const { entryId, kind, day, what, matterId, reference } = row;
  const money = (minor: bigint) => ({ currency, minor });
  return {
    entryId,
    kind,
    day,
    what,
    matterId,
    reference,
    amount: money(row.amountMinor),
    change: money(row.changeMinor),
    balance: money(row.balanceMinor),
  };
}

/** The ledger of a case, read by the creditor and by the agency that works it. */
export function ledgerHandlers({ db }: Rooms): Pick<Handlers<WorkServiceServer>, 'listLedger'> {
  return {
    listLedger: (request, call) =>
      onCase(db, call.caller, request.caseId, async (tx) => {
        const { caseId } = request;
        const { currency, openMinor } = await getCase(
          tx,
          { kind: 'creditor', orgId: tx.orgId },
          caseId,
        );
        const rows = await ledgerOf(tx, caseId, creditorZone, most + 1);
        const { entries, openingMinor } = runningBalance(openMinor, rows.slice(0, most));
        return {
          entries: entries.map((entry) => entryMessage(entry, currency)),
          opening: { currency, minor: openingMinor },
          open: { currency, minor: openMinor },
          hasMore: rows.length > most,
        };
      }),
  };
}
