import type { ExpertCard } from '../domain/expert.ts';

/** Answers from 1 bad to 5 good. */
const judged = [
  { until: 1.5, points: -8 },
  { until: 2.5, points: -4 },
  { until: 3.5, points: 0 },
  { until: 4.5, points: 3 },
  { points: 6 },
];

/**
 * The shipped scorecard: characteristics of domain.md section 5 with points by judgement. 600
 * points are 50 good to 1 bad, 20 double the odds. It stands until a model has been fitted on
 * outcomes.
 */
export const expertCards: readonly ExpertCard[] = [
  {
    version: 'expert-2026-01',
    effectiveFrom: '2026-01-01',
    source: 'house rule (credit course, cost of recovery); points by judgement',
    base: 600,
    numeric: [
      {
        code: 'late_share',
        group: 'behaviour',
        missing: -2,
        bins: [
          { until: 0.05, points: 18 },
          { until: 0.15, points: 10 },
          { until: 0.3, points: 0 },
          { until: 0.5, points: -12 },
          { points: -25 },
        ],
      },
      {
        code: 'mean_days_late',
        group: 'behaviour',
        missing: 0,
        bins: [
          { until: 0, points: 8 },
          { until: 5, points: 5 },
          { until: 15, points: 0 },
          { until: 30, points: -10 },
          { until: 60, points: -20 },
          { points: -30 },
        ],
      },
      {
        code: 'worst_days_late',
        group: 'behaviour',
        missing: 0,
        bins: [
          { until: 10, points: 4 },
          { until: 30, points: 0 },
          { until: 60, points: -6 },
          { until: 90, points: -12 },
          { points: -25 },
        ],
      },
      {
        code: 'days_late_trend',
        group: 'behaviour',
        missing: 0,
        bins: [
          { until: -3, points: 4 },
          { until: 5, points: 0 },
          { until: 15, points: -6 },
          { points: -12 },
        ],
      },
      {
        code: 'overdue_share',
        group: 'behaviour',
        missing: 0,
        bins: [
          { until: 0.001, points: 8 },
          { until: 0.1, points: 2 },
          { until: 0.3, points: -6 },
          { until: 0.6, points: -14 },
          { points: -24 },
        ],
      },
      {
        code: 'broken_promises',
        group: 'behaviour',
        missing: 0,
        bins: [
          { until: 1, points: 0 },
          { until: 2, points: -8 },
          { until: 3, points: -16 },
          { points: -26 },
        ],
      },
      {
        code: 'current_ratio',
        group: 'financial',
        missing: -3,
        bins: [
          { until: 0.8, points: -14 },
          { until: 1.1, points: -6 },
          { until: 1.5, points: 0 },
          { until: 2.5, points: 6 },
          { points: 8 },
        ],
      },
      {
        code: 'debt_ratio',
        group: 'financial',
        missing: -3,
        bins: [
          { until: 0.3, points: 10 },
          { until: 0.5, points: 6 },
          { until: 0.7, points: 0 },
          { until: 0.85, points: -8 },
          { points: -18 },
        ],
      },
      {
        code: 'net_margin',
        group: 'financial',
        missing: -2,
        bins: [
          { until: -0.05, points: -12 },
          { until: 0, points: -8 },
          { until: 0.03, points: 0 },
          { until: 0.08, points: 5 },
          { points: 8 },
        ],
      },
      {
        code: 'interest_cover',
        group: 'financial',
        missing: 0,
        bins: [
          { until: 1, points: -12 },
          { until: 2, points: -5 },
          { until: 5, points: 2 },
          { points: 6 },
        ],
      },
      {
        code: 'cash_flow_to_debt',
        group: 'financial',
        missing: 0,
        bins: [
          { until: 0, points: -6 },
          { until: 0.1, points: 0 },
          { until: 0.25, points: 4 },
          { points: 7 },
        ],
      },
      { code: 'market_position', group: 'qualitative', missing: 0, bins: judged },
      { code: 'management', group: 'qualitative', missing: 0, bins: judged },
      { code: 'integrity', group: 'qualitative', missing: 0, bins: judged },
      { code: 'industry_outlook', group: 'qualitative', missing: 0, bins: judged },
      {
        code: 'company_age_years',
        group: 'registry',
        missing: -2,
        bins: [
          { until: 2, points: -10 },
          { until: 5, points: -3 },
          { until: 10, points: 2 },
          { points: 5 },
        ],
      },
      {
        code: 'relation_years',
        group: 'qualitative',
        missing: 0,
        bins: [{ until: 1, points: -2 }, { until: 3, points: 0 }, { points: 4 }],
      },
      {
        code: 'registry_changes',
        group: 'registry',
        missing: 0,
        bins: [{ until: 2, points: 0 }, { until: 4, points: -4 }, { points: -8 }],
      },
    ],
    coded: [
      {
        code: 'registry_status',
        group: 'registry',
        missing: -2,
        points: { active: 2, abnormal: -20, unknown: -2 },
        worstGrades: {
          revoked: 'GRADE_C',
          cancelled: 'GRADE_D',
          liquidation: 'GRADE_D',
          abnormal: 'GRADE_B',
        },
      },
      {
        code: 'ownership',
        group: 'registry',
        missing: 0,
        points: { listed: 6, state: 6, foreign: 3, private: 0, sole: -4 },
        worstGrades: {},
      },
    ],
    flags: [
      { code: 'lawsuit', points: -10 },
      { code: 'court_debtor', points: -25, worstGrade: 'GRADE_B' },
      { code: 'dishonest_debtor', points: -60, worstGrade: 'GRADE_CC' },
      { code: 'blacklist', points: -50, worstGrade: 'GRADE_CC' },
      { code: 'bureau_default', points: -30, worstGrade: 'GRADE_CCC' },
      { code: 'tax_arrears', points: -12 },
      { code: 'pledge', points: -4 },
      { code: 'asset_transfer', points: -15 },
      { code: 'new_financing', points: -3 },
      { code: 'near_bankruptcy', points: -60, worstGrade: 'GRADE_C' },
      { code: 'bad_press', points: -5 },
      { code: 'bankrupt', points: -80, worstGrade: 'GRADE_D' },
    ],
    longOverdue: { worstDaysLate: 180, overdueShare: 0.5, worstGrade: 'GRADE_C' },
  },
];
