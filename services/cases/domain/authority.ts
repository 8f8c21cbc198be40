import { minorDigits } from '@recourse/kit/money.ts';
import { roughly } from '@recourse/kit/round-rates.ts';

/** Who may approve what (domain.md 4, authority limits); nobody approves their own request. */

/** Up to how much may be open for each role to decide; the levels rise, the last has no limit. */
export type Authority = {
  readonly currency: string;
  readonly levels: readonly {
    readonly role: string;
    /** Whole units; no limit when absent. */
    readonly openUpTo?: bigint;
  }[];
};

/** What is to be decided upon, in minor units. */
export type Stake = { currency: string; openMinor: bigint };

/** Who decides, by id and roles. */
export type Decider = { userId: string; roles: readonly string[] };

/**
 * Roles that may decide upon what is open, the lowest first; so many `steps` above the lowest that
 * could, as far as there is one. What is open in a currency without a round rate cannot be held
 * against a limit, and is for who has none.
 */
export function decidersOf(stake: Stake, { levels, currency }: Authority, steps = 0): string[] {
  const open = roughly({ currency: stake.currency, minor: stake.openMinor }, currency);
  const unit = 10n ** BigInt(minorDigits(currency));
  const lowest = levels.findIndex(
    ({ openUpTo }) =>
      openUpTo === undefined || (open !== undefined && open.minor <= openUpTo * unit),
  );
  return levels.slice(Math.min(lowest + steps, levels.length - 1)).map(({ role }) => role);
}

/** The levels from a role on: some requests are for nobody below it. */
export function authorityFrom(authority: Authority, role: string): Authority {
  const from = authority.levels.findIndex((level) => level.role === role);
  return { ...authority, levels: authority.levels.slice(Math.max(from, 0)) };
}

/** Whether somebody has one of some roles. */
export function hasRole({ roles }: Pick<Decider, 'roles'>, among: readonly string[]): boolean {
  return among.some((role) => roles.includes(role));
}

/** Whether somebody decides requests at all. */
export function isDecider(decider: Pick<Decider, 'roles'>, { levels }: Authority): boolean {
  return hasRole(
    decider,
    levels.map(({ role }) => role),
  );
}
