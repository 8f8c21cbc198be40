import type { Actor } from '@recourse/proto/type/v1/type.ts';

/** Whom credit was asked for, and by whom. */
export type AskedAdmission = {
  admissionId: string;
  customerId: string;
  name: string;
  creditCode: string;
  actor: Actor;
};
