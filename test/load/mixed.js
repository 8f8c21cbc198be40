/** All of it at once, in the shares of an ordinary day. */
import phones from './agency-phones.js';
import morning from './creditor-morning.js';
import storm from './import-storm.js';
import settle from './month-end.js';
import arrive from './sign-in-rush.js';
import { casesOf, profile, thresholds } from './people.js';

const shares = { doMorning: 0.4, doPhones: 0.3, doSettle: 0.15, doArrive: 0.15 };

function steadily([exec, share]) {
  const vus = Math.max(1, Math.round(profile.vus * share));
  const about = { executor: 'constant-vus', duration: `${profile.seconds}s` };
  return [exec, { ...about, exec, vus }];
}

export const options = {
  scenarios: {
    ...Object.fromEntries(Object.entries(shares).map(steadily)),
    doStorm: {
      executor: 'per-vu-iterations',
      exec: 'doStorm',
      vus: 1,
      iterations: Math.max(1, Math.round(profile.seconds / 30)),
      maxDuration: `${profile.seconds + 60}s`,
    },
  },
  thresholds,
  summaryTrendStats: ['avg', 'med', 'p(95)', 'p(99)', 'max', 'count'],
};

export function setup() {
  return { creditor: { cases: casesOf('collector') }, agency: { cases: casesOf('agent') } };
}

export const doMorning = ({ creditor }) => morning(creditor);
export const doPhones = ({ agency }) => phones(agency);
export const doSettle = ({ agency }) => settle(agency);
export const doArrive = () => arrive();
export const doStorm = () => storm();
