import { creditCodeVerdict } from '@recourse/kit/check.ts';
import { Fault } from '@recourse/kit/fault.ts';

/**
 * Refuses what cannot be a unified social credit code (GB 32100-2015: 18 characters of its
 * alphabet). A check character alone that does not follow is no refusal: registries have issued
 * such codes, and the listing is shown with the warning. No code is none to be refused. Fault:
 * `invalid` credit_code_malformed, with the field and the repair.
 */
export function refuseMalformed(creditCode: string, field: string): void {
  if (creditCode === '' || creditCodeVerdict(creditCode) !== 'malformed') return;
  const repair =
    'give 18 characters: two of authority and body, six digits of the seat, nine of the ' +
    'organisation, one check character; digits and capital letters without I, O, S, V and Z';
  const violations = [{ field, rule: 'credit_code_malformed', repair }];
  const facts = { field, creditCode, length: creditCode.length };
  throw new Fault('invalid', 'credit_code_malformed', facts, { violations });
}
