import type { LetterTables } from '../domain/letter-act.ts';

/** What a demand does, to the debtor and to the guarantor. */
const demand = { arrived: 'demand', signed: 'demand', guarantor: 'demand_guarantor' } as const;

/**
 * What a letter is to the limitation (legal.md 2.3). 诉讼时效规定 art. 8(1): a letter counts when it
 * is signed for or its arrival can be proven otherwise; art. 8(2): a data message when it has
 * reached the debtor or should have; art. 14: what the debtor signs of its content is its consent;
 * art. 8 ¶2 names who may sign for receipt. What came back has reached nobody.
 */
export const letterTables: LetterTables = {
  acts: {
    DEMAND: demand,
    LAWYERS_LETTER: demand,
    ACKNOWLEDGEMENT: { ...demand, signed: 'acknowledgement' },
    // A statement of account asks for nothing until it is confirmed.
    RECONCILIATION: { signed: 'acknowledgement' },
    REPAYMENT_PLAN: { signed: 'repayment_plan' },
    ASSIGNMENT_NOTICE: { arrived: 'assignment_notice', signed: 'assignment_notice' },
  },
  /** Kinds whose signature binds to the content: only these may give it. */
  consents: ['acknowledgement', 'repayment_plan'],
  binding: ['LEGAL_REPRESENTATIVE', 'PRINCIPAL', 'AUTHORISED', 'SELF'],
  receiving: [
    'LEGAL_REPRESENTATIVE',
    'PRINCIPAL',
    'MAIL_ROOM',
    'AUTHORISED',
    'SELF',
    'ADULT_RELATIVE',
  ],
  grades: [
    {
      outcome: 'SENT',
      means: 'EMAIL',
      withPaper: 'likely',
      without: 'likely',
      source: '时效规定 8(2)',
    },
    { outcome: 'SENT', withPaper: 'weak', without: 'weak', source: '时效规定 8(1)' },
    // Handed over without a paper there is only our word; a carrier keeps its own record.
    {
      outcome: 'DELIVERED',
      means: 'BY_HAND',
      withPaper: 'proven',
      without: 'weak',
      source: '时效规定 8(1)',
    },
    { outcome: 'DELIVERED', withPaper: 'proven', without: 'likely', source: '时效规定 8(1)' },
    { outcome: 'SIGNED', withPaper: 'proven', without: 'likely', source: '时效规定 8(1)' },
    // It should have reached who would not take it; courts differ, so it is never more [GK].
    { outcome: 'REFUSED', withPaper: 'likely', without: 'weak', source: '时效规定 8(1); [GK]' },
  ],
};
