import { computed, signal } from '@angular/core';
import type { Provider } from '@angular/core';
import type { Caller } from '../app/session/caller';
import { Session } from '../app/session/session';
import type { SessionStatus } from '../app/session/session';

/** Providers of a session as it is after sign-in; the person may be shaped. */
export function signedIn(person: Partial<Caller> = {}): Provider[] {
  const caller: Caller = {
    userId: '01900000-0000-7000-8000-000000000001',
    userName: '林静',
    orgId: '01900000-0000-7000-8000-000000000002',
    orgName: '华东精密制造有限公司',
    orgKind: 'creditor',
    roles: ['supervisor'],
    ...person,
  };
  const session: Pick<
    Session,
    | 'caller'
    | 'status'
    | 'isIn'
    | 'endsAt'
    | 'version'
    | 'token'
    | 'signOut'
    | 'stay'
    | 'signInAgain'
  > = {
    caller: computed(() => caller),
    status: signal<SessionStatus>('in'),
    isIn: computed(() => true),
    endsAt: signal(undefined),
    version: signal('test'),
    token: () => Promise.resolve('token'),
    signOut: () => Promise.resolve(),
    stay: () => Promise.resolve(),
    signInAgain: () => Promise.resolve(),
  };
  return [{ provide: Session, useValue: session }];
}
