import { law } from './law/law.ts';
import { limitation } from './law/limitation.ts';

/** Every table of the law that the service reads, in one value. */
export const statutes = { ...law, limitation };
