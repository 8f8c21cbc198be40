import { defineEntity, p } from '@mikro-orm/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTrial, type Trial, type TrialDatabase } from './trial.ts';
import type { Tx } from './db.ts';
import { brokenConstraint } from './postgres.ts';
import { tenantTable } from './tenancy.ts';

const a = '018f0000-0000-7000-8000-00000000000a';
const b = '018f0000-0000-7000-8000-00000000000b';
const id = (n: number): string => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;

const Note = defineEntity({
  name: 'Note',
  tableName: 'note',
  properties: {
    orgId: p.uuid().primary(),
    id: p.uuid().primary(),
    text: p.string(),
    cents: p.bigint(),
    dueOn: p.date(),
  },
});

const noteTable = tenantTable(
  'note',
  `id uuid NOT NULL, text text NOT NULL, cents bigint NOT NULL, due_on date NOT NULL,
   share numeric(12,4) NOT NULL DEFAULT 0.1,
   at timestamptz NOT NULL DEFAULT '2026-01-02 03:04:05.123456Z',
   PRIMARY KEY (org_id, id)`,
);

let trial: Trial;
let place: TrialDatabase;

beforeAll(async () => {
  trial = await startTrial();
  place = await trial.database({ entities: [Note] });
  await place.ask(noteTable.replaceAll('{app}', 'trial_app'));
});

afterAll(() => trial.stop());

const insert = `INSERT INTO note (org_id, id, text, cents, due_on) VALUES ($1, $2, $3, $4, $5)`;

async function notesAt(noteId: string): Promise<string[]> {
  const rows = await place.db.tenant(a, (tx) =>
    tx.query<{ text: string }>('SELECT text FROM note WHERE org_id = $1 AND id = $2', [a, noteId]),
  );
  return rows.map(({ text }) => text);
}

describe('a tenant transaction', () => {
  it('fails with a stack that names who asked', async () => {
    const askWrongly = (tx: Tx) => tx.query('SELECT nothing_of_that_name');
    const failed: unknown = await place.db.tenant(a, askWrongly).catch((thrown: unknown) => thrown);
    expect(failed).toMatchObject({ stack: expect.stringMatching(/kit\/db\.ts/) });
  });

  it('keeps plans when its work is keyed, and only then', async () => {
    const planned = async (tx: Tx) => {
      await tx.query(`PREPARE one AS SELECT id FROM note WHERE org_id = $1 AND cents > $2`);
      for (let n = 0; n < 3; n += 1) await tx.query(`EXECUTE one('${a}', 0)`);
      const [counts] = await tx.query<{ kept: bigint; made: bigint }>(
        `SELECT generic_plans AS kept, custom_plans AS made FROM pg_prepared_statements
          WHERE name = 'one'`,
      );
      await tx.query('DEALLOCATE one');
      return counts;
    };
    expect(await place.db.tenant(a, planned)).toEqual({ kept: 0n, made: 3n });
    expect(await place.db.tenant(a, planned, { keyed: true })).toEqual({ kept: 3n, made: 0n });
    expect(await place.db.tenant(a, planned)).toEqual({ kept: 0n, made: 3n });
  });

  it('joins em, query and COPY: all is seen inside and kept together', async () => {
    const found = await place.db.tenant(a, async (tx) => {
      await tx.query(insert, [a, id(1), 'query', 1n, Temporal.PlainDate.from('2026-01-31')]);
      tx.em.create(Note, { orgId: a, id: id(2), text: "em's", cents: 2n, dueOn: '2026-02-01' });
      await tx.em.flush();
      await tx.query('CREATE TEMP TABLE incoming (LIKE note) ON COMMIT DROP');
      const rows = async function* () {
        yield `${a}\t${id(3)}\tcopy\t9007199254740993\t2026-02-02\t0\t2026-01-01T00:00:00Z\n`;
      };
      expect(await tx.copyIn('COPY incoming FROM STDIN', rows())).toBe(1);
      await tx.query('INSERT INTO note SELECT * FROM incoming');
      return tx.em.find(Note, {}, { orderBy: { id: 'asc' } });
    });
    expect(found.map(({ text, cents, dueOn }) => [text, cents, dueOn])).toEqual([
      ['query', 1n, '2026-01-31'],
      ["em's", 2n, '2026-02-01'],
      ['copy', 9007199254740993n, '2026-02-02'],
    ]);
  });

  it('loses em, query and COPY together when the work throws', async () => {
    const count = async () => (await place.ask<{ n: bigint }>('SELECT count(*) n FROM note'))[0]?.n;
    const before = await count();
    const work = place.db.tenant(a, async (tx) => {
      await tx.query(insert, [a, id(10), 'query', 1n, '2026-01-31']);
      tx.em.create(Note, { orgId: a, id: id(11), text: 'em', cents: 2n, dueOn: '2026-02-01' });
      await tx.em.flush();
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await count()).toBe(before);
  });

  it('flushes em before the commit', async () => {
    await place.db.tenant(a, async (tx) => {
      tx.em.create(Note, { orgId: a, id: id(20), text: 'late', cents: 2n, dueOn: '2026-02-01' });
    });
    expect(await place.ask('SELECT text FROM note WHERE id = $1', [id(20)])).toHaveLength(1);
  });

  it('rolls a nested em transaction back to its savepoint only', async () => {
    await place.db.tenant(a, async (tx) => {
      const inner = tx.em.transactional(async (em) => {
        em.create(Note, { orgId: a, id: id(30), text: 'inner', cents: 1n, dueOn: '2026-02-01' });
        await em.flush();
        throw new Error('inner only');
      });
      await expect(inner).rejects.toThrow('inner only');
      await tx.query(insert, [a, id(31), 'outer', 1n, '2026-01-31']);
    });
    const kept = await place.ask<{ text: string }>('SELECT text FROM note WHERE id = ANY ($1)', [
      [id(30), id(31)],
    ]);
    expect(kept).toEqual([{ text: 'outer' }]);
  });

  it('reads columns as bigint, strings of numbers and days, and UTC instants', async () => {
    const [row] = await place.db.tenant(a, (tx) =>
      tx.query(
        `SELECT cents, due_on, share, at, ARRAY[due_on] AS days, ARRAY[cents] AS all_cents,
                ARRAY[at] AS times, NULL::bigint AS nothing FROM note WHERE id = $1`,
        [id(1)],
      ),
    );
    expect(row).toEqual({
      cents: 1n,
      due_on: '2026-01-31',
      share: '0.1000',
      at: '2026-01-02T03:04:05.123456Z',
      days: ['2026-01-31'],
      all_cents: [1n],
      times: ['2026-01-02T03:04:05.123456Z'],
      nothing: null,
    });
  });

  it('cannot be used after its end', async () => {
    const leaked = await place.db.tenant(a, async (tx) => ({ tx, em: tx.em }));
    await expect(leaked.tx.query('SELECT 1')).rejects.toThrow('transaction_has_ended');
    await expect(leaked.em.find(Note, {})).rejects.toThrow('transaction_has_ended');
  });

  it('refuses to commit when a failed statement was ignored', async () => {
    const work = place.db.tenant(a, async (tx) => {
      await tx.query('SELECT 1/0').catch(() => undefined);
    });
    await expect(work).rejects.toThrow('failed_statement_was_ignored');
  });

  it('runs what was asked for after the commit, and not after a rollback', async () => {
    const ran: string[] = [];
    await place.db.tenant(a, async (tx) => tx.afterCommit(() => ran.push('committed')));
    await place.db
      .tenant(a, async (tx) => {
        tx.afterCommit(() => ran.push('rolled back'));
        throw new Error('no');
      })
      .catch(() => undefined);
    expect(ran).toEqual(['committed']);
  });

  it('keeps what was left to the commit', async () => {
    const params = [a, id(70), 'left', 1n, Temporal.PlainDate.from('2026-01-31')];
    await place.db.tenant(a, async (tx) => tx.withCommit(tx.query(insert, params)));
    expect(await notesAt(id(70))).toEqual(['left']);
  });

  it('fails as the statement does that was left to the commit, and keeps nothing', async () => {
    const due = Temporal.PlainDate.from('2026-01-31');
    const told: string[] = [];
    const work = place.db.tenant(a, async (tx) => {
      tx.afterCommit(() => told.push('committed'));
      tx.withCommit(tx.query(insert, [a, id(71), 'first', 1n, due]));
      tx.withCommit(tx.query(insert, [a, id(71), 'again', 1n, due]));
      // What comes after it only sees that the transaction is aborted.
      await tx.query(insert, [a, id(72), 'after', 1n, due]);
    });
    const thrown = await work.catch((error: unknown) => error);
    expect(brokenConstraint(thrown)).toBe('note_pkey');
    expect(told).toEqual([]);
    expect([...(await notesAt(id(71))), ...(await notesAt(id(72)))]).toEqual([]);
  });

  it('gives a COPY whose rows fail back as an error and keeps the connection usable', async () => {
    const work = place.db.tenant(a, async (tx) => {
      await tx.query('CREATE TEMP TABLE incoming (n int) ON COMMIT DROP');
      const rows = async function* () {
        yield '1\n';
        throw new Error('file ended early');
      };
      await tx.copyIn('COPY incoming FROM STDIN', rows());
    });
    await expect(work).rejects.toThrow('file ended early');
    expect(await place.db.tenant(a, (tx) => tx.query('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
  });

  it('runs deadlocked work again until both are done', async () => {
    await place.db.tenant(a, async (tx) => {
      await tx.query(insert, [a, id(40), 'x', 0n, '2026-01-01']);
      await tx.query(insert, [a, id(41), 'y', 0n, '2026-01-01']);
    });
    const add = 'UPDATE note SET cents = cents + 1 WHERE id = $1';
    const both = (first: string, second: string) =>
      place.db.tenant(a, async (tx) => {
        await tx.query(add, [first]);
        await tx.query('SELECT pg_sleep(0.2)');
        await tx.query(add, [second]);
      });
    await Promise.all([both(id(40), id(41)), both(id(41), id(40))]);
    const rows = await place.ask<{ cents: bigint }>('SELECT cents FROM note WHERE id = ANY ($1)', [
      [id(40), id(41)],
    ]);
    expect(rows.map(({ cents }) => cents)).toEqual([2n, 2n]);
  });

  it('prepares anew what a migration has changed meanwhile', async () => {
    const read = () =>
      place.db.tenant(a, (tx) => tx.query<Record<string, unknown>>('SELECT * FROM note'));
    for (let time = 0; time < 4; time += 1) await read();
    await place.ask("ALTER TABLE note ADD COLUMN remark text NOT NULL DEFAULT 'new'");
    const [row] = await read();
    expect(row).toMatchObject({ remark: 'new' });
    await place.ask('ALTER TABLE note DROP COLUMN remark');
    expect((await read())[0]).not.toHaveProperty('remark');
  });

  it('names the constraint that was broken', async () => {
    const again = place.db.tenant(a, (tx) => tx.query(insert, [a, id(1), 't', 1n, '2026-01-01']));
    expect(brokenConstraint(await again.catch((thrown: unknown) => thrown))).toBe('note_pkey');
  });
});

describe('row-level security', () => {
  it('shows another organisation nothing, by query and by em', async () => {
    const seen = await place.db.tenant(b, async (tx) => [
      await tx.query('SELECT * FROM note'),
      await tx.em.find(Note, {}),
    ]);
    expect(seen).toEqual([[], []]);
  });

  it('denies writing a row of another organisation', async () => {
    const work = place.db.tenant(b, (tx) => tx.query(insert, [a, id(50), 't', 1n, '2026-01-01']));
    await expect(work).rejects.toMatchObject({
      kind: 'denied',
      reason: 'row_of_other_organisation',
    });
  });

  it('leaks no organisation through the pool', async () => {
    await Promise.all(
      Array.from({ length: 60 }, async (_, n) => {
        const org = n % 2 === 0 ? a : b;
        const rows = await place.db.tenant(org, (tx) =>
          tx.query<{ org_id: string }>('SELECT DISTINCT org_id FROM note'),
        );
        expect(rows).toEqual(org === a ? [{ org_id: a }] : []);
      }),
    );
  });

  it('shows the system role no table of a service', async () => {
    await expect(place.db.system((tx) => tx.query('SELECT * FROM note'))).rejects.toThrow(
      'permission denied',
    );
  });

  it('does not take an organisation that is not a uuid', async () => {
    const work = place.db.tenant("x'; DROP TABLE note; --", async () => 1);
    await expect(work).rejects.toMatchObject({ reason: 'organisation_is_not_a_uuid' });
  });
});

describe('a database that goes away', () => {
  it('is unavailable to who still asks after the stop', async () => {
    const other = await trial.database({ entities: [Note] });
    await other.db.stop();
    await expect(other.db.tenant(a, (tx) => tx.query('SELECT 1'))).rejects.toMatchObject({
      kind: 'unavailable',
      reason: 'database_unavailable',
    });
  });

  it('is unavailable, not an internal error, and the pool recovers', async () => {
    const work = place.db.tenant(a, async (tx) => {
      const [own] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await place.ask('SELECT pg_terminate_backend($1)', [own?.pid]);
      await tx.query('SELECT 1');
    });
    await expect(work).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await place.db.tenant(a, (tx) => tx.query('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
  });
});
