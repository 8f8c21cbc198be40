import type { Dated } from './dated.ts';

export type GuarantyKind = 'general' | 'joint';

export type GuaranteeTables = {
  readonly guarantee: {
    /** By the day of the guarantee contract. */
    readonly periods: readonly Dated<{
      /** When nothing is agreed, or a period not longer than the principal debt’s. */
      readonly defaultMonths: number;
      /** When it is agreed unclearly (until all is paid). */
      readonly unclearMonths: number;
      /** What a guarantee is when its kind is unclear. */
      readonly defaultKind: GuarantyKind;
    }>[];
    /** Limitation of the guarantor’s own debt once the period was kept. */
    readonly limitation: readonly Dated<{ readonly years: number }>[];
    /** Owed in parts: the instalment from whose day the one period of all of them runs. */
    readonly instalments: readonly Dated<{ readonly from: 'last' }>[];
    readonly alarms: readonly Dated<readonly number[]>[];
  };
};
