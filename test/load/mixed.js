/** All of it at once, in the shares of an ordinary day. */
import phones from './agency-phones.js';
import morning from './creditor-morning.js';
import storm from './import-storm.js';
import settle from './month-end.js';
import { firstScreens, signIn } from './sign-in-rush.js';
import { casesOf, placedCases, profile, thresholds } from './people.js';

const shares = { doMorning: 0.4, doPhones: 0.3, doSettle: 0.15, doArrive: 0.15 };

function steadily([exec, share]) {
  const vus = Math.max(1, Math.round(profile.vus * share));
  const about = { executor: 'constant-vus', duration: `${profile.seconds}s` };
  return [exec, { ...about, exec, vus }];
}

export const options = {
  scenarios: {
    ...Object.fromEntries(Object.entries(shares).map(steadily)),
    // People sign in once and then work: a steady trickle, whatever else goes on.
    doSignIn: {
      executor: 'constant-arrival-rate',
      exec: 'doSignIn',
      rate: 1,
      timeUnit: '1s',
      duration: `${profile.seconds}s`,
      preAllocatedVUs: 2,
      maxVUs: 10,
    },
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
  return {
    creditor: { cases: casesOf('collector') },
    agency: { cases: casesOf('agent') },
    placed: { cases: placedCases() },
  };
}

export const doMorning = ({ creditor }) => morning(creditor);
export const doPhones = ({ agency }) => phones(agency);
export const doSettle = ({ placed }) => settle(placed);
export const doArrive = () => firstScreens();
export const doSignIn = () => signIn();
export const doStorm = () => storm();
