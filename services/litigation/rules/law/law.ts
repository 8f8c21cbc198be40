import { deadlines } from './deadlines.ts';
import { fees } from './fees.ts';
import { freezes } from './freezes.ts';
import { guarantee } from './guarantee.ts';
import { limitation } from './limitation.ts';
import { rates } from './rates.ts';
import { smallClaims } from './small-claims.ts';

/** Every table of the law engine; its functions take this as their last argument. */
export const law = {
  deadlines,
  fees,
  freezes,
  guarantee,
  limitation,
  rates,
  smallClaims,
} as const;

export type Law = typeof law;
