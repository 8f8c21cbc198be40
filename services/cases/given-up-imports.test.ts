import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClosingVerdict } from '@recourse/proto/cases/v1/closings.ts';
import { CasesEvent } from '@recourse/proto/cases/v1/events.ts';
import { ImportsServiceClient } from '@recourse/proto/cases/v1/imports.ts';
import { creditorCall, listOf, openAll, type Rig, startRig } from './book-rig.ts';
import { head, imported, type Imports } from './import-rig.ts';
import { closing } from './work-rig.ts';

let rig: Rig;
let imports: Imports;

beforeAll(async () => {
  rig = await startRig();
  imports = rig.service.client(ImportsServiceClient);
});

afterAll(() => rig.stop());

const patience = 60_000;

/** A ledger of one document of which so much is open, with a description that can differ. */
const delivery = (open: string, description = ''): string =>
  [
    `${head},open amount,description`,
    `1,C1,ACME,2024-01-01,2024-01-31,100.00,,${open},${description}`,
    '',
  ].join('\n');

async function writeOffAll(orgId: string): Promise<void> {
  await openAll(rig, orgId);
  const [collector, director] = [
    await creditorCall(rig, orgId, 'collector', { userId: randomUUIDv7() }),
    await creditorCall(rig, orgId, 'director', { userId: randomUUIDv7() }),
  ];
  const { cases } = await rig.cases.listCases(listOf({}), director);
  const request = closing(cases.map((one) => one.caseId));
  await rig.closings.proposeClosing(request, collector);
  const decision = {
    closingId: request.closingId,
    requestId: randomUUIDv7(),
    verdict: ClosingVerdict.APPROVE,
    note: '',
    expectedVersion: 0n,
    open: undefined,
  };
  await rig.closings.decideClosing(decision, director);
}

/** What others were last told is open, in minor units. */
async function told(orgId: string) {
  const rows = await rig.service.ownerQuery<{ payload: Buffer }>(
    `SELECT payload FROM outbox WHERE org_id = $1 AND type = 'receivablesImported'
      ORDER BY position DESC`,
    [orgId],
  );
  for (const { payload } of rows) {
    const { event } = CasesEvent.decode(payload);
    const facts = event?.$case === 'receivablesImported' ? event.value.receivables : [];
    if (facts.length > 0) return facts.map((fact) => fact.open?.minor);
  }
  return [];
}

describe('a delivery of a document that was written off', () => {
  it(
    'tells that it is owed all the same, and opens nothing',
    async () => {
      const orgId = randomUUIDv7();
      await imported(rig, imports, orgId, delivery('100.00'));
      expect(await told(orgId)).toEqual([10_000n]);
      await writeOffAll(orgId);
      await imported(rig, imports, orgId, delivery('100.00', 'steel'));
      expect(await told(orgId)).toEqual([10_000n]);
      await imported(rig, imports, orgId, delivery('60.00'));
      expect(await told(orgId)).toEqual([6_000n]);
      await imported(rig, imports, orgId, delivery('0.00'));
      expect(await told(orgId)).toEqual([0n]);
      const open = await rig.service.ownerQuery(
        'SELECT open_minor::int AS open FROM receivable WHERE org_id = $1',
        [orgId],
      );
      expect(open).toEqual([{ open: 0 }]);
    },
    patience,
  );
});
