import type { Checklist } from '../domain/evidence.ts';

const identity = {
  kind: 'identity',
  zh: '主体资格材料（营业执照、法定代表人身份证明）',
  en: 'Identity of the parties',
  required: true,
  provesZh: '原被告主体适格',
  provesEn: 'That the parties may sue and be sued',
};
const contract = {
  kind: 'contract',
  zh: '合同或框架协议',
  en: 'Contract',
  required: true,
  provesZh: '合同关系及价款、付款期限',
  provesEn: 'The agreement, price and term of payment',
};
const invoice = {
  kind: 'invoice',
  zh: '发票及签收记录',
  en: 'Invoices with receipt',
  required: true,
  provesZh: '应付金额及开票交付',
  provesEn: 'The amount payable',
};
const statement = {
  kind: 'statement',
  zh: '对账单（盖章）',
  en: 'Statement of account, sealed',
  required: false,
  provesZh: '债务人确认欠款数额',
  provesEn: 'That the debtor acknowledged the balance',
};
const dunning = {
  kind: 'dunning',
  zh: '催收记录（函件、EMS 回执、短信、邮件）',
  en: 'Dunning record with proof of delivery',
  required: true,
  provesZh: '诉讼时效中断',
  provesEn: 'Interruption of the limitation',
};
const payments = {
  kind: 'payment_voucher',
  zh: '付款凭证、银行流水',
  en: 'Payment vouchers',
  required: false,
  provesZh: '已付金额及部分履行',
  provesEn: 'What was paid',
};
const correspondence = {
  kind: 'correspondence',
  zh: '往来函件、聊天记录',
  en: 'Correspondence',
  required: false,
  provesZh: '履行经过及争议内容',
  provesEn: 'How performance went',
};

/**
 * The evidence that each kind of debt needs (domain.md section 8; 证据规定 1, 14, 94; legal.md
 * 2.11).
 */
export const checklists: readonly Checklist[] = [
  {
    debtType: 'DEBT_TYPE_SALE_OF_GOODS',
    effectiveFrom: '2021-01-01',
    source: 'house checklist; 民法典 595–647',
    lines: [
      identity,
      contract,
      {
        kind: 'order',
        zh: '订单',
        en: 'Orders',
        required: false,
        provesZh: '每批货物的品种、数量、单价',
        provesEn: 'Goods, quantity and price of each lot',
      },
      {
        kind: 'delivery_note',
        zh: '送货单、签收单',
        en: 'Signed delivery notes',
        required: true,
        provesZh: '货物已交付并被接收',
        provesEn: 'That the goods were delivered',
      },
      invoice,
      statement,
      dunning,
      payments,
      correspondence,
    ],
  },
  {
    debtType: 'DEBT_TYPE_SERVICES',
    effectiveFrom: '2021-01-01',
    source: 'house checklist; 民法典 770–790, 919–936',
    lines: [
      identity,
      contract,
      {
        kind: 'acceptance_report',
        zh: '验收报告、服务确认单',
        en: 'Acceptance of the work',
        required: true,
        provesZh: '服务已完成并验收',
        provesEn: 'That the work was done and accepted',
      },
      invoice,
      statement,
      dunning,
      payments,
      correspondence,
    ],
  },
  {
    debtType: 'DEBT_TYPE_CONSTRUCTION',
    effectiveFrom: '2021-01-01',
    source: 'house checklist; 民法典 788–808',
    lines: [
      identity,
      contract,
      {
        kind: 'completion_report',
        zh: '竣工验收报告',
        en: 'Completion report',
        required: true,
        provesZh: '工程竣工并验收合格',
        provesEn: 'That the works were completed',
      },
      {
        kind: 'settlement_report',
        zh: '结算书、审价报告',
        en: 'Final account',
        required: true,
        provesZh: '工程价款数额',
        provesEn: 'The price of the works',
      },
      invoice,
      dunning,
      payments,
      correspondence,
    ],
  },
  {
    debtType: 'DEBT_TYPE_LOAN',
    effectiveFrom: '2021-01-01',
    source: 'house checklist; 民间借贷规定 2; 民法典 667–680',
    lines: [
      identity,
      { ...contract, zh: '借款合同、借据', en: 'Loan agreement or note' },
      {
        kind: 'transfer_voucher',
        zh: '转账凭证',
        en: 'Proof of transfer',
        required: true,
        provesZh: '款项已实际交付',
        provesEn: 'That the money was paid out',
      },
      statement,
      dunning,
      payments,
      {
        kind: 'guarantee',
        zh: '保证合同、担保材料',
        en: 'Guarantee',
        required: false,
        provesZh: '担保责任',
        provesEn: 'Who stands surety',
      },
      correspondence,
    ],
  },
  {
    debtType: 'DEBT_TYPE_LEASE',
    effectiveFrom: '2021-01-01',
    source: 'house checklist; 民法典 703–734',
    lines: [
      identity,
      { ...contract, zh: '租赁合同', en: 'Lease' },
      {
        kind: 'handover_record',
        zh: '交接单',
        en: 'Handover record',
        required: true,
        provesZh: '租赁物已交付使用',
        provesEn: 'That the thing was handed over',
      },
      { ...invoice, required: false },
      statement,
      dunning,
      payments,
      correspondence,
    ],
  },
];
