import { creditCodeVerdict, isDay } from '@recourse/kit/check.ts';

export type IdentifierVerdict = 'valid' | 'check_fails' | 'malformed';

export type CreditCode = {
  /** Capitals, half width, without blanks and hyphens. */
  readonly code: string;
  /** `check_fails` is a warning: registries have issued such codes. */
  readonly verdict: IdentifierVerdict;
  /**
   * Registering authority, kind of body, seat (GB/T 2260) and organisation code, when well formed.
   */
  readonly parts?: {
    readonly authority: string;
    readonly body: string;
    readonly seat: string;
    readonly organisation: string;
  };
};

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-‐–—]/g, '');
}

/**
 * Reads a unified social credit code (GB 32100-2015: authority 1, body 1, seat 6, body 9, check 1).
 */
export function readCreditCode(text: string): CreditCode {
  const code = plain(text);
  const verdict = creditCodeVerdict(code);
  if (verdict === 'malformed') return { code, verdict };
  const parts = {
    authority: code.slice(0, 1),
    body: code.slice(1, 2),
    seat: code.slice(2, 8),
    organisation: code.slice(8, 17),
  };
  return { code, verdict, parts };
}

export type IdNumber = {
  /** 18 characters, half width, without blanks. */
  readonly number: string;
  readonly verdict: IdentifierVerdict;
  readonly birthDay?: string;
  readonly sex?: 'male' | 'female';
};

const idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The check character of an ID number's first 17 digits (GB 11643-1999, ISO 7064 MOD 11-2). */
export function idCheckCharacter(first17: string): string | undefined {
  if (!/^\d{17}$/.test(first17)) return undefined;
  const sum = idWeights.reduce((total, weight, at) => total + weight * Number(first17[at]), 0);
  return '10X98765432'[sum % 11];
}

/**
 * Reads a citizen's ID number (GB 11643-1999). A birthday that does not exist makes it malformed; a
 * wrong check character alone is `check_fails`.
 */
export function readIdNumber(text: string): IdNumber {
  const number = plain(text);
  const [, year, month, day] = /^[1-9]\d{5}(\d{4})(\d\d)(\d\d)\d{3}[\dX]$/.exec(number) ?? [];
  const birthDay = `${year}-${month}-${day}`;
  if (year === undefined || !isDay(birthDay)) return { number, verdict: 'malformed' };
  const isRight = idCheckCharacter(number.slice(0, 17)) === number[17];
  return {
    number,
    verdict: isRight ? 'valid' : 'check_fails',
    birthDay,
    sex: Number(number[16]) % 2 === 1 ? 'male' : 'female',
  };
}
