import { join } from 'node:path';
import { freePort } from '@recourse/kit/parts.ts';
import { beginBook } from './book.ts';
import { withHouse } from './house.ts';
import { compare } from './load.ts';
import { type Result, say, whole } from './report.ts';

const goal = 0.5;

/** Requests at once, as a team of collectors makes them. */
const width = 8;

/**
 * What the service asks for this page, as it stands in its log: the same columns, filter, order and
 * limit, one statement.
 */
const bareSql = `
  SELECT c.*, d.name AS debtor, d.customer_number FROM case_file c
    JOIN debtor d USING (org_id, debtor_id)
   WHERE c.org_id = $1 AND c.tier = $2 AND c.state = 'OPEN'
   ORDER BY c.open_minor DESC, c.case_id DESC LIMIT 51`;

/** Connections are kept, as browsers and proxies keep them. */
async function read(url: string, headers: Readonly<Record<string, string>>): Promise<void> {
  const answer = await fetch(url, { headers });
  const body: unknown = await answer.json();
  const { cases } = body as { cases?: unknown[] };
  if (!answer.ok || (cases?.length ?? 0) < 50) {
    throw new Error(`${url}: ${answer.status} ${JSON.stringify(body).slice(0, 300)}`);
  }
}

/**
 * A page of 50 open cases of one tier, most owed first, through gateway, gRPC and row-level
 * security, against Express with `pg` and the same SQL.
 */
export async function benchLists(quick: boolean): Promise<Result[]> {
  const sizes = quick ? [1_000, 10_000, 100_000] : [10_000, 100_000, 1_000_000];
  say('case list');
  return withHouse(async (house) => {
    await house.start('cases');
    const book = await beginBook(house);
    const gateway = await house.startGateway();
    const port = await freePort();
    await house.startScript(join(import.meta.dirname, 'bare-list.ts'), {
      PORT: String(port),
      DATABASE_URL: house.bareUrl('cases'),
      LIST_SQL: bareSql,
      LIST_VALUES: JSON.stringify([book.orgId, 'MEDIUM']),
    });
    const query = 'states=CASE_STATE_OPEN&tiers=PRIORITY_TIER_MEDIUM&sort=-open&page.size=50';
    const list = `${gateway}/v1/cases?${query}`;
    const headers = { authorization: `Bearer ${await house.token(book.as('director'))}` };
    const results: Result[] = [];
    for (const size of sizes) {
      await book.growTo(size);
      const timing = { width, seconds: quick ? 2 : 4, rounds: 5 };
      const found = await compare(
        timing,
        () => read(list, headers),
        () => read(`http://127.0.0.1:${port}/cases`, {}),
      );
      results.push({
        what: 'list of 50 cases',
        size: `${whole(size)} cases`,
        ours: `${whole(found.ours)}/s`,
        bare: `${whole(found.bare)}/s`,
        value: found.ratio.toFixed(2),
        goal: `≥ ${goal}`,
        reached: found.ratio >= goal,
      });
      say(`  ${whole(size)}: ${found.ratio.toFixed(2)}`);
    }
    return results;
  });
}
