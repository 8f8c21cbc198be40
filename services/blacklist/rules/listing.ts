import type { Dated } from '../domain/rule.ts';
import type { Category, PersonTerms, PillarStandard } from '../domain/terms.ts';

/** Days, years and counts of a listing's life. A new figure is a new row with its first day. */
export type ListingFigures = {
  readonly noticeDays: number;
  readonly answerDays: number;
  readonly defaultYears: number;
  readonly legalMostYears: number;
  readonly reviewMonths: number;
  readonly votes: number;
  readonly protectMostDays: number;
  readonly neverProtected: readonly Category[];
};

export const listingFigures: readonly Dated<ListingFigures>[] = [
  {
    rule: 'listing',
    effectiveFrom: '2013-03-15',
    source:
      'house rule (15 days, 3 years, two stewards); 征信业管理条例 art. 16 (5 years), ' +
      '25 (20 days); house default (180 days, 12 months)',
    value: {
      noticeDays: 15,
      answerDays: 20,
      defaultYears: 3,
      legalMostYears: 5,
      reviewMonths: 12,
      votes: 2,
      protectMostDays: 180,
      neverProtected: ['FRAUD', 'ASSET_TRANSFER'],
    },
  },
];

/** The grounds are the same for all: the debt exists. */
const grounds = [['CONTRACT', 'ACKNOWLEDGEMENT', 'JUDGMENT']] as const;

/** It is due and was demanded; a judgment proves both. */
const proof = [
  ['INVOICE', 'DELIVERY_NOTE', 'STATEMENT_OF_ACCOUNT', 'JUDGMENT'],
  ['DEMAND', 'JUDGMENT'],
  ['PROOF_OF_SERVICE', 'ENFORCEMENT_RECORD', 'RETURNED_MAIL'],
] as const;

const consequence = [['CREDIT_WITHDRAWN']] as const;

function standard(own: PillarStandard['CASE']): PillarStandard {
  return { GROUNDS: grounds, PROOF: proof, CASE: own, CONSEQUENCE: consequence };
}

/**
 * What evidence each category needs. Malicious default needs proof that the debtor could pay, so
 * that a company in mere difficulty is not listed for it.
 */
export const evidenceStandard: readonly Dated<Readonly<Record<Category, PillarStandard>>>[] = [
  {
    rule: 'evidence',
    effectiveFrom: '2013-03-15',
    source:
      'house rule: four pillars after Cifas; 失信被执行人规定 art. 1: ability and evasion; ' +
      'kinds of papers are a house default',
    value: {
      MALICIOUS_DEFAULT: standard([['ABILITY_TO_PAY', 'ENFORCEMENT_RECORD']]),
      LOST_CONTACT: standard([['VISIT_RECORD'], ['RETURNED_MAIL']]),
      REPEATED_BREACH: standard([['BROKEN_PROMISES']]),
      FRAUD: standard([['POLICE_RECORD', 'JUDGMENT', 'FORGED_DOCUMENT']]),
      ASSET_TRANSFER: standard([['TRANSFER_RECORD', 'JUDGMENT']]),
    },
  },
];

/** Companies are listed by default; natural persons only so. */
export const personTerms: readonly Dated<PersonTerms>[] = [
  {
    rule: 'persons',
    effectiveFrom: '2021-11-01',
    source:
      'PIPL art. 13(6), 27 (public court lists), 23 (separate consent); ' +
      '征信业管理条例 art. 6–7 (licence), 13; no minors',
    value: { bases: ['COURT_LIST', 'CONSENT'], leastAgeYears: 18 },
  },
];
