import type { Crypto } from '@recourse/kit/crypto.ts';
import { fault } from '@recourse/kit/fault.ts';

/** A person at the debtor's, as the import or credit brought it. */
export type ContactPerson = {
  name: string;
  position: string;
  phone: string;
  email: string;
  address: string;
};

/**
 * Seals and opens the people of a debtor, `debtor.contacts_sealed`: all of it is personal data.
 * Both may read the organisation's keys, so they are called outside of transactions.
 */
export type ContactSeal = {
  seal(orgId: string, people: readonly ContactPerson[]): Promise<string>;
  open(orgId: string, sealed: string): Promise<readonly ContactPerson[]>;
};

export function contactSeal(crypto: Crypto): ContactSeal {
  return {
    seal: async (orgId, people) => {
      if (people.length === 0) return '';
      return (await crypto.sealer(orgId)).seal(JSON.stringify(people));
    },
    open: async (orgId, sealed) => {
      if (sealed === '') return [];
      const people: unknown = JSON.parse((await crypto.sealer(orgId)).open(sealed));
      if (!Array.isArray(people)) throw fault('internal', 'sealed_contacts_are_no_list');
      return people.map(personOf);
    },
  };
}

function personOf(found: unknown): ContactPerson {
  const text = (name: string): string => {
    if (typeof found !== 'object' || found === null) return '';
    const value: unknown = Reflect.get(found, name);
    return typeof value === 'string' ? value : '';
  };
  return {
    name: text('name'),
    position: text('position'),
    phone: text('phone'),
    email: text('email'),
    address: text('address'),
  };
}
