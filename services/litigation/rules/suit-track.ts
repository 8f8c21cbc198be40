import type { Procedure } from '@recourse/proto/litigation/v1/matters.ts';
import type { StageRule, Track } from '../domain/track.ts';

const appealed: StageRule = {
  name: 'appealed',
  event: { kind: 'appeal_filed', party: 'us' },
  zh: '已上诉',
  en: 'Appealed',
  next: [],
  ends: true,
};

/** What keeps a suit from being brought, in the order in which it is told. */
const suitGates: Track['gates'] = [
  {
    reason: 'payment_order_still_runs',
    forbids: { procedures: ['PROCEDURE_PAYMENT_ORDER'], running: true },
  },
  {
    reason: 'suit_already_brought',
    forbids: {
      procedures: ['PROCEDURE_SMALL_CLAIMS', 'PROCEDURE_SUMMARY', 'PROCEDURE_ORDINARY'],
      running: true,
    },
  },
  {
    reason: 'claims_already_decided',
    forbids: {
      procedures: [
        'PROCEDURE_SMALL_CLAIMS',
        'PROCEDURE_SUMMARY',
        'PROCEDURE_ORDINARY',
        'PROCEDURE_PAYMENT_ORDER',
      ],
      stages: ['effective', 'mediated', 'appealed', 'lost'],
    },
  },
];

/** How a suit of first instance runs; small claims end with the one judgment (民诉法 165). */
export function suit(
  procedure: Procedure,
  rules: Track['rules'],
  final: boolean,
  source: string,
): Track {
  const served = final ? ['effective'] : ['effective', 'appealed'];
  return {
    procedure,
    rules,
    source,
    effectiveFrom: '2024-01-01',
    gates: suitGates,
    stages: [
      { name: 'preparing', zh: '准备', en: 'Preparing', next: ['filed'] },
      {
        name: 'filed',
        event: { kind: 'filed' },
        zh: '已立案申请',
        en: 'Filed',
        next: ['docketed', 'rejected', 'withdrawn'],
        limitation: 'suit',
      },
      {
        name: 'docketed',
        event: { kind: 'docketed' },
        zh: '已立案',
        en: 'Docketed',
        next: ['served', 'mediated', 'withdrawn', 'dismissed'],
      },
      {
        name: 'served',
        event: { kind: 'complaint_served', party: 'opponent' },
        zh: '已送达被告',
        en: 'Served on the defendant',
        next: ['heard', 'mediated', 'withdrawn', 'dismissed'],
      },
      {
        name: 'heard',
        zh: '已开庭',
        en: 'Heard',
        next: ['judgment_made', 'mediated', 'withdrawn', 'dismissed'],
      },
      { name: 'judgment_made', zh: '已判决', en: 'Decided', next: ['judgment_served'] },
      {
        name: 'judgment_served',
        event: { kind: 'judgment_served', party: 'us' },
        zh: '判决已送达',
        en: 'Judgment served',
        next: [...served, 'lost'],
      },
      ...(final ? [] : [appealed]),
      {
        name: 'effective',
        event: { kind: 'judgment_effective' },
        zh: '判决生效',
        en: 'Judgment in effect',
        next: [],
        ends: true,
      },
      { name: 'mediated', zh: '调解结案', en: 'Mediated', next: [], ends: true },
      { name: 'lost', zh: '败诉', en: 'Lost', next: [], ends: true },
      { name: 'withdrawn', zh: '撤诉', en: 'Withdrawn', next: [], ends: true },
      { name: 'dismissed', zh: '驳回起诉', en: 'Dismissed', next: [], ends: true },
      { name: 'rejected', zh: '不予受理', en: 'Not accepted', next: [], ends: true },
    ],
  };
}
