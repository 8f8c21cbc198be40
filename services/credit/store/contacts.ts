import type { Crypto } from '@recourse/kit/crypto.ts';
import type { ContactPerson } from '../domain/customer.ts';

/** Seals and opens the people of a customer: names, phones and addresses of natural persons. */
export type ContactSeal = {
  seal(people: readonly ContactPerson[]): string;
  open(sealed: string): readonly ContactPerson[];
};

/** Gives an organisation's seal. Ask for it before a transaction: it may read keys in its own. */
export type ContactSeals = (orgId: string) => Promise<ContactSeal>;

export function contactSeals(crypto: Crypto): ContactSeals {
  return async (orgId) => {
    const sealer = await crypto.sealer(orgId);
    return {
      seal: (people) => (people.length === 0 ? '' : sealer.seal(JSON.stringify(people))),
      open: (sealed) => (sealed === '' ? [] : (JSON.parse(sealer.open(sealed)) as ContactPerson[])),
    };
  };
}
