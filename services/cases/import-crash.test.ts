import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUIDv7 } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ImportsServiceClient, ImportState } from '@recourse/proto/cases/v1/imports.ts';
import { type Rig, startRig } from './book-rig.ts';
import { checked, type Imports, settled } from './import-rig.ts';

let rig: Rig;
let imports: Imports;
const children: ChildProcess[] = [];

beforeAll(async () => {
  rig = await startRig();
  imports = rig.service.client(ImportsServiceClient);
});

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rig.stop();
});

const rows = 30_000;

function manyRows(): string {
  const lines = ['invoice number,customer number,customer name,invoice date,due date,amount'];
  for (let row = 0; row < rows; row += 1) {
    lines.push(`N${row},C${row % 500},Customer ${row % 500},2024-01-01,2024-01-31,${row}.25`);
  }
  return lines.join('\n');
}

/** The service as a process of its own on the same database, there to be killed. */
async function startProcess(): Promise<ChildProcess> {
  const { variables } = await rig.platform.variables('cases', rig.service.database);
  const main = join(import.meta.dirname, 'main.ts');
  const env = { ...process.env, ...variables, RPC_PORT: '0' };
  const child = spawn(process.execPath, [main], { env, stdio: 'ignore' });
  children.push(child);
  return child;
}

async function written(orgId: string): Promise<{ count: number; different: number; sum: string }> {
  const [row] = await rig.service.ownerQuery<{ count: string; different: string; sum: string }>(
    `SELECT count(*), count(DISTINCT document_key) AS different, sum(amount_minor)::text AS sum
       FROM receivable WHERE org_id = $1`,
    [orgId],
  );
  return {
    count: Number(row?.count ?? 0),
    different: Number(row?.different ?? 0),
    sum: row?.sum ?? '0',
  };
}

describe('an import that is cancelled while it is written', () => {
  it('takes back what it has written', async () => {
    const orgId = randomUUIDv7();
    const { found, call } = await checked(rig, imports, orgId, manyRows());
    const { importId, version } = found;
    await imports.commitImport({ importId, expectedVersion: version, requestId: '' }, call);
    while ((await written(orgId)).count === 0) await sleep(5);
    const asked = await imports.cancelImport({ importId, requestId: randomUUIDv7() }, call);
    expect(asked.import?.state).toBe(ImportState.UNDOING);
    expect((await settled(imports, importId, call)).state).toBe(ImportState.CANCELLED);
    expect(await written(orgId)).toEqual({ count: 0, different: 0, sum: '0' });
    const [left] = await rig.service.ownerQuery<{ count: string }>(
      'SELECT count(*) FROM debtor WHERE org_id = $1',
      [orgId],
    );
    expect(Number(left?.count)).toBe(0);
  });
});

describe('a commit whose process is killed in the middle', () => {
  it('goes on elsewhere with the first row not written, and writes none twice', async () => {
    const orgId = randomUUIDv7();
    const { found, call } = await checked(rig, imports, orgId, manyRows());
    expect(found.counts).toMatchObject({ accepted: BigInt(rows), customersNew: 500n });
    const { importId, version } = found;
    await imports.commitImport({ importId, expectedVersion: version, requestId: '' }, call);
    await rig.service.stop();

    const first = await startProcess();
    while ((await written(orgId)).count < 5_000) await sleep(20);
    first.kill('SIGKILL');
    await once(first, 'exit');
    const atKill = await written(orgId);
    expect(atKill.count).toBeLessThan(rows);

    const second = await startProcess();
    const [state] = await waitForEnd(importId, orgId);
    second.kill('SIGTERM');
    expect(state).toBe('COMMITTED');
    const sum = BigInt(rows) * 25n + (BigInt(rows) * BigInt(rows - 1) * 100n) / 2n;
    expect(await written(orgId)).toEqual({ count: rows, different: rows, sum: sum.toString() });
    const told = await rig.service.ownerQuery<{ bytes: string }>(
      `SELECT sum(length(payload)) AS bytes FROM outbox
        WHERE org_id = $1 AND type = 'receivablesImported'`,
      [orgId],
    );
    expect(Number(told[0]?.bytes)).toBeGreaterThan(rows * 100);
  });
});

/** Reads the state as the owner, since the service under test is gone. */
async function waitForEnd(importId: string, orgId: string): Promise<string[]> {
  for (;;) {
    const [row] = await rig.service.ownerQuery<{ state: string }>(
      'SELECT state FROM import WHERE org_id = $1 AND import_id = $2',
      [orgId, importId],
    );
    if (row !== undefined && row.state !== 'COMMITTING') return [row.state];
    await sleep(50);
  }
}
