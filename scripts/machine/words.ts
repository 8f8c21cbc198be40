/** What is printed when everything is up: the address, the logins per role, what to try first. */
import { isEnabled, readRealm, type RealmUser } from '@recourse/identity/realm.ts';

/** Columns a text takes in a terminal: Chinese characters take two. */
function width(text: string): number {
  return [...text].reduce(
    (sum, one) => sum + (/[\u2e80-\u9fff\uff00-\uff60]/.test(one) ? 2 : 1),
    0,
  );
}

function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(1, columns - width(text)));
}

function loginLine(user: RealmUser): string {
  return `    ${pad(user.username, 28)}${pad(user.firstName, 10)}${user.realmRoles.join(', ')}`;
}

/** Every login, by organisation, as the realm file has them. */
function logins(realmFile: string): string[] {
  const realm = readRealm(realmFile, {
    PORTAL_URL: '',
    DEMO_USERS: 'true',
    DEMO_PASSWORD: '',
    MACHINE_CLIENT_SECRET: '',
  });
  const people = realm.users.filter((user) => user.credentials !== undefined && isEnabled(user));
  const byOrganisation = Map.groupBy(people, (user) => {
    const { org_name: name, org_kind: kind } = user.attributes;
    return `${name?.[0] ?? ''} (${kind?.[0] ?? ''})`;
  });
  return [...byOrganisation].flatMap(([name, users]) => [`  ${name}`, ...users.map(loginLine)]);
}

export function readyWords(o: {
  address: string;
  seconds: number;
  realmFile: string;
  /** Undefined when the identity provider is not the embedded one. */
  password: string | undefined;
  logs: string;
}): string {
  const people =
    o.password === undefined
      ? ['Sign in with the people of your identity provider.']
      : [`Sign in (password of all: ${o.password})`, '', ...logins(o.realmFile)];
  return [
    '',
    `Recourse is up after ${o.seconds.toFixed(1)} s: ${o.address}`,
    '',
    ...people,
    '',
    'Try first',
    '  1. jinggong.director: look at Today, open a case, place some cases with an agency.',
    '  2. ruiheng.manager: accept the offers, log a contact, report a payment, send the report.',
    '  3. xinqi.owner: an empty company; import an export of your own, see who owes what.',
    '',
    `Logs: ${o.logs}   Stop: Ctrl-C`,
    '',
  ].join('\n');
}
