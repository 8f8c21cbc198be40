/** Pure checks of single values, each true or false; the names are the rule names of faults. */

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function isUuid(text: string): boolean {
  return uuidPattern.test(text);
}

/** `YYYY-MM-DD` of a day that exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

export function isInstant(text: string): boolean {
  try {
    Temporal.Instant.from(text);
    return true;
  } catch {
    return false;
  }
}

/** Built once: the runtime makes a new list of some 300 codes each time it is asked. */
const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** An ISO 4217 code that the runtime knows. */
export function isCurrency(code: string): boolean {
  return currencies.has(code);
}

/**
 * Names found good before; asking the runtime costs some 20 µs, and there are only a few hundred.
 */
const knownTimeZones = new Set<string>();

/**
 * An IANA name. Offsets such as `+08:00` are none: PostgreSQL reads their sign the other way round.
 */
export function isTimeZone(name: string): boolean {
  if (knownTimeZones.has(name)) return true;
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    if (knownTimeZones.size < 1_000) knownTimeZones.add(name);
    return true;
  } catch {
    return false;
  }
}

const creditCodeAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** The check character of a unified social credit code's first 17 (GB 32100-2015, mod 31). */
export function creditCodeCheckCharacter(first17: string): string | undefined {
  let total = 0;
  let weight = 1;
  for (const character of first17) {
    const value = creditCodeAlphabet.indexOf(character);
    if (value < 0) return undefined;
    total += value * weight;
    weight = (weight * 3) % 31;
  }
  return creditCodeAlphabet[(31 - (total % 31)) % 31];
}

/**
 * Verdict on a unified social credit code. `check_fails` is a warning, not a refusal: registries
 * have issued codes whose last character does not follow GB 32100 (3 of 15 real ones in the test
 * data).
 */
export function creditCodeVerdict(code: string): 'valid' | 'check_fails' | 'malformed' {
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(code)) return 'malformed';
  return creditCodeCheckCharacter(code.slice(0, 17)) === code[17] ? 'valid' : 'check_fails';
}
