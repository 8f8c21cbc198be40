import type { Procedure } from '@recourse/proto/litigation/v1/matters.ts';
import type { Track } from '../domain/track.ts';
import { suit } from './suit-track.ts';

/**
 * Before a suit preservation is urgent by its nature: 48 hours to rule (民诉法 104), and once it is
 * executed the suit must follow. In a suit it may be urgent, which a happening of its own tells.
 */
function preservation(procedure: Procedure, gates: Track['gates'], source: string): Track {
  const isPreSuit = procedure === 'PROCEDURE_PRESERVATION_PRE_SUIT';
  return {
    procedure,
    rules: 'preservation',
    source,
    effectiveFrom: '2024-01-01',
    gates,
    stages: [
      { name: 'preparing', zh: '准备', en: 'Preparing', next: ['filed'] },
      {
        name: 'filed',
        event: { kind: isPreSuit ? 'preservation_applied_urgently' : 'preservation_applied' },
        zh: '已申请',
        en: 'Applied for',
        next: ['granted', 'rejected', 'withdrawn'],
        ...(isPreSuit ? { limitation: 'pre_suit_preservation' as const } : {}),
      },
      {
        name: 'granted',
        event: { kind: 'preservation_ruled' },
        zh: '已裁定',
        en: 'Granted',
        next: ['executed', 'lifted'],
      },
      {
        name: 'executed',
        event: { kind: isPreSuit ? 'pre_suit_preservation_executed' : 'preservation_executed' },
        freezes: 'needed',
        zh: '已保全',
        en: 'Carried out',
        next: ['renewed', 'lifted'],
      },
      {
        name: 'renewed',
        event: { kind: 'preservation_renewed' },
        zh: '已续封',
        en: 'Renewed',
        next: ['renewed', 'lifted'],
      },
      { name: 'lifted', zh: '已解除', en: 'Lifted', next: [], ends: true },
      { name: 'withdrawn', zh: '撤回申请', en: 'Withdrawn', next: [], ends: true },
      { name: 'rejected', zh: '驳回', en: 'Rejected', next: [], ends: true },
    ],
  };
}

const suits: Procedure[] = ['PROCEDURE_SMALL_CLAIMS', 'PROCEDURE_SUMMARY', 'PROCEDURE_ORDINARY'];

const paymentOrder: Track = {
  procedure: 'PROCEDURE_PAYMENT_ORDER',
  rules: 'payment_order',
  source: '民诉法 225–228, 解释 427–432',
  effectiveFrom: '2024-01-01',
  gates: [
    {
      reason: 'pre_suit_preservation_bars_payment_order',
      forbids: { procedures: ['PROCEDURE_PRESERVATION_PRE_SUIT'], from: 'filed' },
    },
    {
      reason: 'payment_order_already_asked',
      forbids: { procedures: ['PROCEDURE_PAYMENT_ORDER'], running: true },
    },
    { reason: 'suit_already_brought', forbids: { procedures: suits, from: 'filed' } },
  ],
  stages: [
    { name: 'preparing', zh: '准备', en: 'Preparing', next: ['filed'] },
    {
      name: 'filed',
      event: { kind: 'payment_order_applied' },
      zh: '已申请',
      en: 'Applied for',
      next: ['accepted', 'rejected', 'withdrawn'],
      limitation: 'payment_order',
    },
    {
      name: 'accepted',
      event: { kind: 'payment_order_accepted' },
      zh: '已受理',
      en: 'Accepted',
      next: ['issued', 'rejected', 'withdrawn'],
    },
    {
      name: 'issued',
      event: { kind: 'payment_order_issued' },
      zh: '支付令已发出',
      en: 'Issued',
      next: ['served', 'lapsed'],
    },
    {
      name: 'served',
      event: { kind: 'payment_order_served', party: 'opponent' },
      zh: '支付令已送达',
      en: 'Served on the debtor',
      next: ['effective', 'objected', 'lapsed'],
    },
    { name: 'effective', zh: '支付令生效', en: 'In effect', next: [], ends: true },
    {
      name: 'objected',
      event: { kind: 'payment_order_objected' },
      zh: '异议成立',
      en: 'Objected to',
      next: [],
      ends: true,
    },
    { name: 'lapsed', zh: '失效', en: 'Lapsed', next: [], ends: true },
    { name: 'withdrawn', zh: '撤回申请', en: 'Withdrawn', next: [], ends: true },
    { name: 'rejected', zh: '驳回', en: 'Rejected', next: [], ends: true },
  ],
};

const appeal: Track = {
  procedure: 'PROCEDURE_APPEAL',
  rules: 'appeal',
  source: '民诉法 171–183',
  effectiveFrom: '2024-01-01',
  gates: [
    {
      reason: 'no_judgment_to_appeal',
      needs: {
        procedures: ['PROCEDURE_SUMMARY', 'PROCEDURE_ORDINARY'],
        stages: ['judgment_served', 'appealed', 'lost'],
      },
    },
    {
      reason: 'appeal_already_brought',
      forbids: { procedures: ['PROCEDURE_APPEAL'], running: true },
    },
  ],
  stages: [
    { name: 'preparing', zh: '准备', en: 'Preparing', next: ['filed'] },
    {
      name: 'filed',
      event: { kind: 'appeal_filed', party: 'us' },
      zh: '已上诉',
      en: 'Filed',
      next: ['docketed', 'withdrawn', 'rejected'],
    },
    {
      name: 'docketed',
      event: { kind: 'second_instance_docketed' },
      zh: '二审已立案',
      en: 'Docketed',
      next: ['heard', 'judgment_made', 'mediated', 'withdrawn'],
    },
    {
      name: 'heard',
      zh: '二审已开庭',
      en: 'Heard',
      next: ['judgment_made', 'mediated', 'withdrawn'],
    },
    {
      name: 'judgment_made',
      zh: '二审已判决',
      en: 'Decided',
      next: ['judgment_served', 'remanded'],
    },
    {
      name: 'judgment_served',
      event: { kind: 'judgment_served', party: 'us' },
      zh: '二审判决已送达',
      en: 'Served',
      next: ['effective', 'lost'],
    },
    {
      name: 'effective',
      event: { kind: 'judgment_effective' },
      zh: '二审判决生效',
      en: 'In effect',
      next: [],
      ends: true,
    },
    { name: 'mediated', zh: '调解结案', en: 'Mediated', next: [], ends: true },
    { name: 'remanded', zh: '发回重审', en: 'Remanded', next: [], ends: true },
    { name: 'lost', zh: '败诉', en: 'Lost', next: [], ends: true },
    { name: 'withdrawn', zh: '撤回上诉', en: 'Withdrawn', next: [], ends: true },
    { name: 'rejected', zh: '不予受理', en: 'Not accepted', next: [], ends: true },
  ],
};

const enforcement: Track = {
  procedure: 'PROCEDURE_ENFORCEMENT',
  rules: 'enforcement',
  source: '民诉法 247–264, 解释 460–519',
  effectiveFrom: '2024-01-01',
  gates: [
    {
      reason: 'nothing_to_enforce',
      needs: {
        procedures: [...suits, 'PROCEDURE_APPEAL', 'PROCEDURE_PAYMENT_ORDER'],
        stages: ['effective', 'mediated'],
      },
    },
    {
      reason: 'enforcement_already_asked',
      forbids: { procedures: ['PROCEDURE_ENFORCEMENT'], running: true },
    },
  ],
  stages: [
    { name: 'preparing', zh: '准备', en: 'Preparing', next: ['filed'] },
    {
      name: 'filed',
      event: { kind: 'enforcement_applied' },
      zh: '已申请执行',
      en: 'Applied for',
      next: ['accepted', 'rejected', 'withdrawn'],
      limitation: 'enforcement',
    },
    {
      name: 'accepted',
      zh: '执行立案',
      en: 'Accepted',
      next: ['notified', 'seizing', 'no_assets', 'settled', 'completed'],
    },
    {
      name: 'notified',
      event: { kind: 'enforcement_notice_served', party: 'opponent' },
      zh: '执行通知已发出',
      en: 'Notice given',
      next: ['seizing', 'no_assets', 'settled', 'completed'],
    },
    {
      name: 'seizing',
      freezes: 'may',
      zh: '查控财产',
      en: 'Assets seized',
      next: ['auctioned', 'distributed', 'no_assets', 'settled', 'completed'],
    },
    {
      name: 'auctioned',
      zh: '拍卖',
      en: 'Auctioned',
      next: ['auctioned', 'distributed', 'completed', 'no_assets'],
    },
    { name: 'distributed', zh: '分配', en: 'Distributed', next: ['completed', 'no_assets'] },
    { name: 'completed', zh: '执行完毕', en: 'Completed', next: [], ends: true },
    { name: 'no_assets', zh: '终结本次执行', en: 'No assets found', next: [], ends: true },
    { name: 'settled', zh: '执行和解', en: 'Settled', next: ['completed', 'seizing'] },
    { name: 'withdrawn', zh: '撤回申请', en: 'Withdrawn', next: [], ends: true },
    { name: 'rejected', zh: '不予受理', en: 'Not accepted', next: [], ends: true },
  ],
};

const bankruptcyClaim: Track = {
  procedure: 'PROCEDURE_BANKRUPTCY_CLAIM',
  rules: 'bankruptcy',
  source: '破产法 45–46, 57–58',
  effectiveFrom: '2007-06-01',
  gates: [
    {
      reason: 'claim_already_lodged',
      forbids: { procedures: ['PROCEDURE_BANKRUPTCY_CLAIM'], running: true },
    },
  ],
  stages: [
    { name: 'preparing', zh: '准备', en: 'Preparing', next: ['filed'] },
    {
      name: 'filed',
      event: { kind: 'bankruptcy_claim_filed' },
      zh: '已申报债权',
      en: 'Claim lodged',
      next: ['confirmed', 'disputed', 'withdrawn'],
      limitation: 'bankruptcy_claim',
    },
    { name: 'disputed', zh: '债权有异议', en: 'Disputed', next: ['confirmed', 'lost'] },
    { name: 'confirmed', zh: '债权已确认', en: 'Confirmed', next: ['distributed', 'closed'] },
    { name: 'distributed', zh: '已分配', en: 'Distributed', next: ['distributed', 'closed'] },
    { name: 'closed', zh: '破产程序终结', en: 'Closed', next: [], ends: true },
    { name: 'lost', zh: '未获确认', en: 'Not confirmed', next: [], ends: true },
    { name: 'withdrawn', zh: '撤回申报', en: 'Withdrawn', next: [], ends: true },
  ],
};

/**
 * The procedures as tracks of stages, and what must and must not have happened before each begins.
 */
export const tracks: readonly Track[] = [
  paymentOrder,
  preservation(
    'PROCEDURE_PRESERVATION_PRE_SUIT',
    [
      { reason: 'suit_already_brought', forbids: { procedures: suits, from: 'filed' } },
      {
        reason: 'payment_order_still_runs',
        forbids: { procedures: ['PROCEDURE_PAYMENT_ORDER'], running: true },
      },
    ],
    '民诉法 104',
  ),
  preservation(
    'PROCEDURE_PRESERVATION_IN_SUIT',
    [
      {
        reason: 'no_suit_to_secure',
        needs: { procedures: [...suits, 'PROCEDURE_APPEAL'], running: true, from: 'filed' },
      },
    ],
    '民诉法 103',
  ),
  suit('PROCEDURE_SMALL_CLAIMS', 'small_claims', true, '民诉法 165–169, 解释 271–281'),
  suit('PROCEDURE_SUMMARY', 'simplified', false, '民诉法 160–164'),
  suit('PROCEDURE_ORDINARY', 'ordinary', false, '民诉法 122–156'),
  appeal,
  enforcement,
  bankruptcyClaim,
];
