import { exportTable } from '@recourse/kit/export-store.ts';

/** Lists written to files for a day. */
export const up: string[] = [...exportTable];
