import type { DeadlineTables } from '../../domain/law/deadline-rule.ts';
import { afterJudgment } from './deadlines-after-judgment.ts';
import { firstInstance } from './deadlines-first-instance.ts';
import { securing } from './deadlines-securing.ts';

export const deadlines: DeadlineTables['deadlines'] = [
  ...firstInstance,
  ...afterJudgment,
  ...securing,
];
