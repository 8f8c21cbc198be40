import type { RatingReason } from '@recourse/proto/credit/v1/ratings.ts';
import type { Scoring } from './expert.ts';
import type { Facts } from './facts.ts';
import type { Cut } from './fitting/binning.ts';
import { cutsOf, type Model, type Part, scoreRows } from './fitting/model.ts';
import type { Column } from './fitting/table.ts';

function columnOf(made: Cut, customers: readonly Facts[]): Column {
  const { name } = made;
  if (made.kind === 'numeric') {
    const values = Float64Array.from(customers, (facts) => {
      const value = facts[name];
      return typeof value === 'number' ? value : Number.NaN;
    });
    return { name, kind: 'numeric', values };
  }
  const levels = [...new Set(customers.map((facts) => String(facts[name] ?? '')))];
  const codes = Int32Array.from(customers, (facts) =>
    facts[name] === undefined ? -1 : levels.indexOf(String(facts[name])),
  );
  return { name, kind: 'coded', codes, levels };
}

function reasonOf(part: Part, made: Cut | undefined, facts: Facts): RatingReason {
  const value = facts[part.column];
  const edges = made?.kind === 'numeric' ? made.edges : [];
  const isMissing = value === undefined || Number.isNaN(value);
  const shown = typeof value === 'number' ? String(Math.round(value * 10_000) / 10_000) : value;
  return {
    code: part.column,
    points: part.points,
    value: isMissing ? '' : (shown ?? ''),
    from: isMissing ? '' : String(edges[part.bin - 1] ?? ''),
    until: isMissing ? '' : String(edges[part.bin] ?? ''),
    missing: isMissing,
    group: 'model',
    facts: [],
  };
}

/** Rates many customers by a fitted model, with reasons in the form of the shipped card's. */
export function scoreByModel(
  active: { modelId: string; version: string; fitted: Model },
  customers: readonly Facts[],
): Scoring[] {
  const cuts = cutsOf(active.fitted);
  const byName = new Map(cuts.map((made) => [made.name, made]));
  const columns = cuts.map((made) => columnOf(made, customers));
  const scored = scoreRows(active.fitted, columns, customers.length);
  return customers.map((facts, row) => {
    const { base, parts } = scored.parts(row);
    const known = cuts.filter((made) => facts[made.name] !== undefined).length;
    return {
      modelId: active.modelId,
      modelVersion: active.version,
      score: scored.score[row] ?? 0,
      basePoints: base,
      pdBps: Math.max(1, Math.round((scored.probability[row] ?? 0) * 10_000)),
      reasons: parts.map((part) => reasonOf(part, byName.get(part.column), facts)),
      knownBps: Math.round((known / Math.max(cuts.length, 1)) * 10_000),
    };
  });
}
