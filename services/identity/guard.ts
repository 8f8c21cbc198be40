/** Slows guessing down: after some failures a name waits, each time longer (Keycloak's rule). */
import { createHash, timingSafeEqual } from 'node:crypto';
import { userNamed, type Realm, type RealmUser } from './realm.ts';

export type Verdict =
  | { outcome: 'in'; user: RealmUser }
  | { outcome: 'user_not_found' | 'invalid_user_credentials' | 'user_temporarily_disabled' };

/**
 * Names that are tracked at once; the oldest is forgotten first, so guessing cannot fill memory.
 */
const namesKept = 10_000;

type Failures = { count: number; waitsUntil: number };

/** Checks passwords of one realm; `now` in milliseconds is an argument for the tests' sake. */
export function createGuard(realm: Realm) {
  const failures = new Map<string, Failures>();

  function fail(name: string, now: number): void {
    const count = (failures.get(name)?.count ?? 0) + 1;
    const steps = Math.floor(count / realm.failureFactor);
    const wait = Math.min(steps * realm.waitIncrementSeconds, realm.maxFailureWaitSeconds);
    failures.delete(name);
    failures.set(name, { count, waitsUntil: now + wait * 1000 });
    const oldest = failures.keys().next();
    if (failures.size > namesKept && oldest.done !== true) failures.delete(oldest.value);
  }

  return function check(typed: string, password: string, now: number): Verdict {
    const name = typed.trim().toLowerCase();
    if ((failures.get(name)?.waitsUntil ?? 0) > now)
      return { outcome: 'user_temporarily_disabled' };
    const user = userNamed(realm, name);
    const stored = user?.credentials?.find((one) => one.type === 'password')?.value;
    // Unknown names take as long as known ones.
    const same = equal(password, stored ?? '');
    if (user !== undefined && stored !== undefined && same) {
      failures.delete(name);
      return { outcome: 'in', user };
    }
    fail(name, now);
    return { outcome: user === undefined ? 'user_not_found' : 'invalid_user_credentials' };
  };
}

function equal(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
