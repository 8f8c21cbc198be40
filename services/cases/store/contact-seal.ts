/** A person at the debtor's, as the import or credit brought it. */
export type ContactPerson = {
  name: string;
  position: string;
  phone: string;
  email: string;
  address: string;
};

/** Seals and opens the people of a debtor, `debtor.contacts_sealed`: all of it is personal data. */
export type ContactSeal = {
  seal(orgId: string, people: readonly ContactPerson[]): Promise<string>;
  open(orgId: string, sealed: string): Promise<readonly ContactPerson[]>;
};
