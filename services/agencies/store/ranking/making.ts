import type { Tx } from '@recourse/kit/db.ts';
import { contentHash } from '@recourse/kit/hash.ts';
import type { Job, Jobs } from '@recourse/kit/jobs.ts';
import {
  RankedAgency,
  RankingComponent,
  type RankingLine,
  RankingModel,
  RankingSuggestion,
} from '@recourse/proto/agencies/v1/ranking.ts';
import type { RankingFacts } from '../../domain/ranking/facts.ts';
import { rank, type Ranked, type Ranking } from '../../domain/ranking/ranking.ts';
import {
  rankingRule,
  type RankingRule,
  suggestionRule,
  type Weights,
} from '../../domain/ranking/rules.ts';
import type { Line, Suggestion } from '../../domain/ranking/score.ts';
import { monthOf, type Window, windowOf } from '../../domain/ranking/window.ts';
import { creditorDay } from '../../domain/placement.ts';
import { creditorZone, ruleOn } from '../../domain/rules.ts';
import { lockByName } from '../lock.ts';
import { conductIn, placedIn } from './facts.ts';
import { weightsFor } from './weights.ts';

/** Which month is to be ranked; the running one when none is named. */
export type MakeData = { month?: string };

/** How to ask for a ranking. */
export type Making = { jobs: Jobs; make: Job<MakeData> };

const bps = (share: number): bigint => BigInt(Math.round(share * 10_000));
const hundredths = (points: number): bigint => BigInt(Math.round(points * 100));

function lineMessage(line: Line): RankingLine {
  const { component, unit, observed, expected, sample, index, weight, effect } = line;
  return {
    component: RankingComponent[component],
    recorded: index !== undefined,
    unit,
    observed: BigInt(Math.round(observed)),
    expected: BigInt(Math.round(expected)),
    sample: BigInt(sample),
    indexBps: bps(index?.mean ?? 0),
    indexLowBps: bps(index?.low ?? 0),
    indexHighBps: bps(index?.high ?? 0),
    weightBps: Number(bps(weight)),
    effectHundredths: hundredths(effect),
  };
}

function agencyMessage(one: Ranked): RankedAgency {
  const { agencyId, agencyName, place, recoveries, suggestion, reasons } = one;
  return {
    agencyId,
    agencyName,
    place,
    cases: BigInt(one.cases),
    openCases: BigInt(one.openCases),
    scoreHundredths: hundredths(one.score),
    scoreLowHundredths: hundredths(one.low),
    scoreHighHundredths: hundredths(one.high),
    lines: one.lines.map(lineMessage),
    recoveries: recoveries.map((sums) => ({ ...sums, cases: BigInt(sums.cases) })),
    suggestion: RankingSuggestion[suggestion],
    suggestionReasons: reasons,
  };
}

function modelMessage(made: Ranking, rule: RankingRule, digest: string): RankingModel {
  return {
    cases: BigInt(made.cases),
    agencies: BigInt(made.agencies.length),
    link: made.link,
    spreadBps: bps(made.spread),
    horizonDays: rule.horizonDays,
    factors: made.factors.map(({ feature, level, cases, index }) => ({
      feature,
      level,
      cases: BigInt(cases),
      indexBps: bps(index),
    })),
    digest,
  };
}

type Segment = { kind: '' | 'industry' | 'region'; name: string };

/** All cases, and the industries and regions with enough of them, most cases first. */
function segmentsOf({ cells }: RankingFacts, rule: RankingRule): Segment[] {
  const counts = (['industry', 'region'] as const).flatMap((kind) =>
    [...Map.groupBy(cells, (cell) => cell[kind])].map(([name, those]) => ({
      kind,
      name,
      cases: those.reduce((sum, cell) => sum + cell.cases, 0),
    })),
  );
  const kept = counts
    .filter((one) => one.name !== '' && one.cases >= rule.leastSegment)
    .sort((a, b) => b.cases - a.cases || (a.name < b.name ? -1 : 1))
    .slice(0, rule.mostSegments);
  return [{ kind: '', name: '' }, ...kept.map(({ kind, name }) => ({ kind, name }))];
}

/** The facts of one segment. */
function within(facts: RankingFacts, { kind, name }: Segment): RankingFacts {
  if (kind === '') return facts;
  return { ...facts, cells: facts.cells.filter((cell) => cell[kind] === name) };
}

async function suggestedBefore(
  tx: Tx,
  month: string,
  { kind, name }: Segment,
): Promise<Map<string, Suggestion>> {
  const before = Temporal.PlainYearMonth.from(month).subtract({ months: 1 }).toString();
  const rows = await tx.query<{ agencyId: string; suggestion: Suggestion }>(
    `SELECT agency_id AS "agencyId", suggestion FROM ranking_standing
      WHERE org_id = $1 AND month = $2 AND segment_kind = $3 AND segment = $4`,
    [tx.orgId, before, kind, name],
  );
  return new Map(rows.map((row) => [row.agencyId, row.suggestion]));
}

type Saved = {
  window: Window;
  segment: Segment;
  made: Ranking;
  model: RankingModel;
  creditorName: string;
  at: Temporal.Instant;
};

async function save(tx: Tx, { window, segment, made, model, creditorName, at }: Saved) {
  const key = [tx.orgId, window.month, segment.kind, segment.name];
  const days = [window.firstDay, window.lastDay, at];
  await tx.query(
    `INSERT INTO ranking (org_id, month, segment_kind, segment, first_day, last_day, made_at, cases,
       model) VALUES ($1, $2, $3, $4, $5::date, $6::date, $7, $8, $9::jsonb)`,
    [...key, ...days, made.cases, JSON.stringify(RankingModel.toJSON(model))],
  );
  const rows = made.agencies.map((one) => ({
    agency_id: one.agencyId,
    place: one.place,
    suggestion: one.suggestion,
    entry: RankedAgency.toJSON(agencyMessage(one)),
  }));
  await tx.query(
    `INSERT INTO ranking_standing (org_id, month, segment_kind, segment, first_day, last_day,
       made_at, agencies, creditor_name, agency_id, place, suggestion, entry)
     SELECT $1, $2, $3, $4, $5::date, $6::date, $7, $8, $9, agency_id, place, suggestion, entry
       FROM jsonb_to_recordset($10::jsonb)
         AS r(agency_id uuid, place integer, suggestion text, entry jsonb)`,
    [...key, ...days, rows.length, creditorName, JSON.stringify(rows)],
  );
}

/** The month's first to last day and what counts in it, by the rules of the day. */
export function windowFor(month: string, at: Temporal.Instant): Window {
  const today = creditorDay(at);
  const { windowMonths } = ruleOn(rankingRule, today);
  const zone = ruleOn(creditorZone, today);
  return windowOf(month === '' ? monthOf(today) : month, windowMonths, { today, at, zone });
}

type Gathered = { facts: RankingFacts; creditorName: string; weights: Weights };

async function gather(tx: Tx, window: Window, rule: RankingRule): Promise<Gathered> {
  const zone = ruleOn(creditorZone, window.lastDay);
  const { creditorName, cells, came } = await placedIn(tx, window, rule, zone);
  const conduct = await conductIn(tx, window);
  const { weights } = await weightsFor(tx, window.lastDay);
  return { facts: { cells, came, conduct }, creditorName, weights };
}

/**
 * Makes the ranking of a month, of all cases and of each segment, in place of the one there was.
 * Returns how many agencies are in it. Fault: `refused` month_has_not_begun.
 */
export async function makeRanking(tx: Tx, month: string, at: Temporal.Instant): Promise<number> {
  const window = windowFor(month, at);
  await lockByName(tx, `ranking ${window.month}`);
  const rule = ruleOn(rankingRule, window.lastDay);
  const suggestions = ruleOn(suggestionRule, window.lastDay);
  const { facts, creditorName, weights } = await gather(tx, window, rule);
  await tx.query('DELETE FROM ranking WHERE org_id = $1 AND month = $2', [tx.orgId, window.month]);
  if (facts.cells.length === 0) return 0;
  const digest = contentHash(
    JSON.parse(
      JSON.stringify({ facts, weights, rule, suggestions, month: window.month }, (_key, value) =>
        typeof value === 'bigint' ? value.toString() : value,
      ),
    ),
  );
  let agencies = 0;
  for (const segment of segmentsOf(facts, rule)) {
    const before = await suggestedBefore(tx, window.month, segment);
    const made = rank(within(facts, segment), { weights, rule, suggestions, before }, facts);
    const model = modelMessage(made, rule, digest);
    await save(tx, { window, segment, made, model, creditorName, at });
    if (segment.kind === '') agencies = made.agencies.length;
  }
  return agencies;
}

/** Whether the month's ranking was made on this day or later, or of its end. */
export async function isMade(tx: Tx, month: string, at: Temporal.Instant): Promise<boolean> {
  const window = windowFor(month, at);
  const rows = await tx.query(
    `SELECT 1 FROM ranking WHERE org_id = $1 AND month = $2 AND segment_kind = ''
        AND last_day >= $3::date`,
    [tx.orgId, window.month, window.lastDay],
  );
  return rows.length > 0;
}
