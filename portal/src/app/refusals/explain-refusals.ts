import { explain } from '../session/problem-words';
import { agencyRefusals } from './agency-refusals';
import { blacklistRefusals } from './blacklist-refusals';
import { calculationRefusals } from './calculation-refusals';
import { caseRefusals } from './case-refusals';
import { closingRefusals } from './closing-refusals';
import { creditRefusals } from './credit-refusals';
import { lawRefusals } from './law-refusals';
import { packRefusals } from './pack-refusals';

/**
 * Words for reasons that no noun has words of its own for. They are loaded when the first page
 * stands, so that they cost nothing before it.
 */
for (const refusals of [
  caseRefusals,
  closingRefusals,
  agencyRefusals,
  packRefusals,
  creditRefusals,
  blacklistRefusals,
  lawRefusals,
  calculationRefusals,
]) {
  explain(refusals);
}
