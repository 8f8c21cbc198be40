import { randomUUIDv7 } from 'node:crypto';
import { codeOf } from './book.ts';
import type { Language } from './browser.ts';
import { dayAgo, type Desk, runNow } from './desk.ts';
import type { Ground } from './ground.ts';

/** The papers of repeated breach; what they say is for people to read. */
export const papers = [
  'CONTRACT',
  'INVOICE',
  'DEMAND',
  'PROOF_OF_SERVICE',
  'BROKEN_PROMISES',
  'CREDIT_WITHDRAWN',
] as const;

/** A company that stands in no book: only what is reported of it is known. */
export type Subject = { name: string; creditCode: string };

const subject = (name: string, body: number): Subject => ({
  name,
  creditCode: codeOf('320900', body),
});

/** What a listing is there for: its year and its end, or a member's look at its customers. */
type Part = 'reviewed' | 'alike' | 'namesake' | 'proven';

/** The walks in each language have listings of their own; no name is like another. */
export const subjects: Readonly<Record<Language, Readonly<Record<Part, Subject>>>> = {
  'zh-CN': {
    reviewed: subject('盐城泰合纺织有限公司', 20_400_301),
    alike: subject('泰州博远灯具有限公司', 20_400_745),
    namesake: subject('淮安金穗粮油有限公司', 20_400_857),
    proven: subject('舟山顺帆渔业有限公司', 20_400_961),
  },
  en: {
    reviewed: subject('宿迁永嘉玻璃有限公司', 20_401_073),
    alike: subject('镇江瑞安阀门有限公司', 20_400_417),
    namesake: subject('徐州鼎新建材有限公司', 20_400_529),
    proven: subject('连云港海通船务有限公司', 20_400_633),
  },
};

/** Days since each step: more than a year has passed since the decision. */
export const daysAgo = { begun: 500, ended: 410, told: 400, decided: 380 } as const;

async function handIn(ground: Ground, listingId: string, { name, creditCode }: Subject) {
  const { creditManager, reviewer, steward } = ground.world.people;
  const at = `/v1/blacklist/listings/${listingId}`;
  await creditManager.put(at, {
    associationId: reviewer.orgId,
    kind: 'SUBJECT_KIND_COMPANY',
    name,
    creditCode,
    category: 'CATEGORY_REPEATED_BREACH',
    scope: 'SCOPE_ASSOCIATION',
    amountBand: 'AMOUNT_BAND_FROM_100K',
    conductFrom: dayAgo(daysAgo.begun),
    conductUntil: dayAgo(daysAgo.ended),
    debtorId: randomUUIDv7(),
  });
  for (const kind of papers) await addPaper(creditManager, at, kind);
  await creditManager.post(`${at}:submit`);
  const told = { delivery: 'DELIVERY_EMS', servedOn: dayAgo(daysAgo.told) };
  await steward.post(`${at}:serveNotice`, told);
}

async function addPaper(desk: Desk, at: string, kind: (typeof papers)[number]): Promise<void> {
  const { uploadId, sha256 } = await desk.upload(`${kind}.pdf`, `${at} ${kind}`);
  const evidence = { kind: `EVIDENCE_KIND_${kind}`, uploadId, sha256 };
  await desk.put(`${at}/evidence/${randomUUIDv7()}`, evidence);
}

/** Ids of the listings by the names of their subjects. */
type Published = ReadonlyMap<string, string>;

async function publish(ground: Ground, of: readonly Subject[]): Promise<Published> {
  const { house, world } = ground;
  const { steward, reviewer } = world.people;
  const ids = of.map(() => randomUUIDv7());
  try {
    await house.goBack(daysAgo.told);
    await Promise.all(of.map((one, at) => handIn(ground, ids[at] ?? '', one)));
    await house.goBack(daysAgo.decided);
    for (const desk of [steward, reviewer]) {
      const vote = { agrees: true, reason: '证据充分，程序合规' };
      await Promise.all(ids.map((id) => desk.post(`/v1/blacklist/listings/${id}:decide`, vote)));
    }
  } finally {
    await house.goBack(0);
  }
  await runNow(house, 'blacklist', 'listing-clock');
  return new Map(of.map(({ name }, at) => [name, ids[at] ?? '']));
}

const published = new WeakMap<Ground, Promise<Published>>();

/**
 * What a member reported more than a year ago and, after notice, two stewards published; its year
 * is over. Done once for all walks: it moves every service's clock.
 */
export function publishedLongAgo(ground: Ground): Promise<Published> {
  const known =
    published.get(ground) ?? publish(ground, Object.values(subjects).flatMap(Object.values));
  published.set(ground, known);
  return known;
}
