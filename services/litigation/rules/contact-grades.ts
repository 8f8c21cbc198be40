import type { ContactGrade } from '../domain/debt.ts';

/**
 * What a contact is worth as a demand (legal.md 2.3; 诉讼时效规定 art. 8): a letter must be signed for
 * or provably arrive, a data message must have reached or should have, a talk leaves only our word.
 * A combination that is not named here is no demand.
 */
export const contactGrades: readonly ContactGrade[] = [
  { channel: 'LETTER', result: 'SENT', proof: 'weak', source: '时效规定 8(1)' },
  { channel: 'LETTER', result: 'REACHED', proof: 'likely', source: '时效规定 8(1)' },
  { channel: 'SMS', result: 'SENT', proof: 'likely', source: '时效规定 8(2)' },
  { channel: 'SMS', result: 'REACHED', proof: 'likely', source: '时效规定 8(2)' },
  { channel: 'EMAIL', result: 'SENT', proof: 'likely', source: '时效规定 8(2)' },
  { channel: 'EMAIL', result: 'REACHED', proof: 'likely', source: '时效规定 8(2)' },
  { channel: 'WECHAT', result: 'SENT', proof: 'likely', source: '时效规定 8(2)' },
  { channel: 'WECHAT', result: 'REACHED', proof: 'likely', source: '时效规定 8(2)' },
  { channel: 'VISIT', result: 'REACHED', proof: 'likely', source: '民法典 195(1)' },
  { channel: 'CALL', result: 'REACHED', proof: 'weak', source: '民法典 195(1)' },
];

/** Days before the expiry on which an alarm is told (domain.md section 8). */
export const alarmDays: readonly number[] = [180, 90, 30];
