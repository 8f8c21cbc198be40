import type { ContactPerson } from '../domain/customer.ts';

/** Seals and opens the people of a customer: names, phones and addresses of natural persons. */
export type ContactSeal = {
  seal(orgId: string, people: readonly ContactPerson[]): Promise<string>;
  open(orgId: string, sealed: string): Promise<readonly ContactPerson[]>;
};
