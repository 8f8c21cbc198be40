import { deadlines } from './deadlines.ts';
import { fees } from './fees.ts';
import { limitation } from './limitation.ts';
import { rates } from './rates.ts';

/** Every table of the law engine; its functions take this as their last argument. */
export const law = { deadlines, fees, limitation, rates } as const;

export type Law = typeof law;
