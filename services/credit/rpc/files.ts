import { onceOrNow } from '@recourse/kit/once.ts';
import { randomUUIDv7 } from 'node:crypto';
import type { Tx } from '@recourse/kit/db.ts';
import { fault } from '@recourse/kit/fault.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import type { Call, Handlers } from '@recourse/kit/rpc.ts';
import {
  type CreditFile,
  FinancialStatement,
  ImportFinancialStatementsResponse,
  type PutCreditFileRequest,
  type Rating,
  type RatingCause,
  type RatingServiceServer,
} from '@recourse/proto/credit/v1/ratings.ts';
import { checkBalance, readStatements } from '../domain/statement.ts';
import { rateCustomers } from '../rerating.ts';
import {
  creditFile,
  saveCreditFile,
  saveStatement,
  statementOwner,
} from '../store/credit-files.ts';
import { customerForUpdate } from '../store/customers.ts';
import { keepNamed, mustKnow, occasionOf, type Rooms } from './rooms.ts';

type FileHandlers = Pick<
  Handlers<RatingServiceServer>,
  'getCreditFile' | 'putCreditFile' | 'putFinancialStatement' | 'importFinancialStatements'
>;

type Rated = { file: CreditFile; rating: Rating | undefined };

async function rated(tx: Tx, customerId: string, cause: RatingCause, call: Call): Promise<Rated> {
  const [rating] = await rateCustomers(tx, [{ customerId, cause }], occasionOf(call));
  return { file: await creditFile(tx, customerId), rating };
}

async function putFile(tx: Tx, request: PutCreditFileRequest, call: Call): Promise<Rated> {
  const { customerId, registry, answers, documents, expectedVersion } = request;
  await customerForUpdate(tx, customerId);
  await mustKnow(tx, customerId);
  const before = await creditFile(tx, customerId);
  const flags = request.flags.map((flag) => ({ ...flag, told: false }));
  const after = { customerId, registry, answers, flags, documents, statements: [] };
  const own = before.flags.filter((flag) => !flag.told);
  const isSame =
    before.version > 0n &&
    contentHash({ ...before, flags: own, statements: [], version: 0n }) ===
      contentHash({ ...after, version: 0n });
  if (!isSame) {
    if (expectedVersion !== before.version) {
      const facts = { expected: expectedVersion, present: before.version };
      throw fault('stale', 'credit_file_changed_meanwhile', facts);
    }
    await saveCreditFile(tx, { ...after, version: before.version + 1n });
  }
  return rated(tx, customerId, 'RATING_CAUSE_FILE_CHANGED', call);
}

/** Credit files over gRPC. Faults: `missing` customer_unknown, `stale`, and the statement's. */
export function fileHandlers({ db, files }: Rooms): FileHandlers {
  return {
    getCreditFile: ({ customerId }, { caller }) =>
      db.tenant(caller.orgId, async (tx) => {
        await mustKnow(tx, customerId);
        return { file: await creditFile(tx, customerId) };
      }),

    putCreditFile: async (request, call) => {
      const { orgId } = call.caller;
      // Outside the transaction, so that no lock waits for a file.
      const named = request.documents.map(({ fileId }) => fileId);
      await keepNamed(files, orgId, named);
      return db.tenant(orgId, (tx) => putFile(tx, request, call));
    },

    putFinancialStatement: ({ customerId, statementId, statement }, call) =>
      db.tenant(call.caller.orgId, async (tx) => {
        await customerForUpdate(tx, customerId);
        await mustKnow(tx, customerId);
        const owner = await statementOwner(tx, statementId);
        if (owner !== undefined && owner !== customerId) {
          throw fault('exists', 'statement_of_another_customer', { statementId });
        }
        const told = FinancialStatement.fromPartial(statement ?? {});
        const months = told.months === 0 ? 12 : told.months;
        const written = { ...told, statementId, months, enteredBy: 'form' };
        checkBalance(written);
        await saveStatement(tx, customerId, written);
        return rated(tx, customerId, 'RATING_CAUSE_STATEMENT', call);
      }),

    importFinancialStatements: (request, call) =>
      db.tenant(call.caller.orgId, (tx) => {
        const { requestId, customerId, csv, currency, unit, ...rest } = request;
        const content = { customerId, csv, currency, unit, ...rest };
        const command = { requestId, content };
        return onceOrNow(tx, command, ImportFinancialStatementsResponse, async () => {
          await customerForUpdate(tx, customerId);
          await mustKnow(tx, customerId);
          for (const one of readStatements(csv, currency, unit === 0n ? 1n : unit)) {
            await saveStatement(tx, customerId, { ...one, statementId: randomUUIDv7() });
          }
          return rated(tx, customerId, 'RATING_CAUSE_STATEMENT', call);
        });
      }),
  };
}
