/**
 * Everybody at nine o'clock: each signs in with name and password as the portal does it (the code
 * flow with PKCE and the provider's form), gets what the portal shows first, and renews once.
 */
import crypto from 'k6/crypto';
import http from 'k6/http';
import { check } from 'k6';
import { address, alone, ask, askTokens, issuer, newId, oneOf, portal } from './people.js';

export const options = alone;

const origin = /^https?:\/\/[^/]+/.exec(issuer)[0];

const query = (values) =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');

/** Follows the provider's redirects until it shows a page or sends back to the portal. */
function follow(first) {
  let answer = first;
  for (let hops = 0; hops < 10; hops += 1) {
    const { Location: location } = answer.headers;
    if (location === undefined || location.startsWith(portal.redirectUri)) return answer;
    const next = location.startsWith('http') ? location : `${origin}${location}`;
    answer = http.get(next, { redirects: 0, tags: { name: 'GET sign-in redirect' } });
  }
  return answer;
}

/** The address that the form of the sign-in page is sent to. */
function formAction(page) {
  const action = /<form[^>]*action="([^"]+)"/.exec(page.body || '');
  if (action === null) return undefined;
  const to = action[1].replaceAll('&amp;', '&');
  return to.startsWith('http') ? to : `${origin}${to}`;
}

function codeFor(username, challenge) {
  const asked = query({
    client_id: portal.clientId,
    redirect_uri: portal.redirectUri,
    response_type: 'code',
    scope: 'openid',
    state: newId(),
    code_challenge: challenge,
    code_challenge_method: 'S256',
  });
  const about = (name) => ({ redirects: 0, tags: { name } });
  const to = `${issuer}/protocol/openid-connect/auth?${asked}`;
  const page = follow(http.get(to, about('GET sign-in page')));
  const action = formAction(page);
  if (!check(action, { 'there is a form to sign in by': (one) => one !== undefined })) return '';
  const form = { username, password: portal.password };
  const back = follow(http.post(action, form, about('POST sign-in form')));
  const code = /[?&]code=([^&]+)/.exec(back.headers.Location || '');
  check(code, { 'name and password open the door': (one) => one !== null });
  return code === null ? '' : decodeURIComponent(code[1]);
}

/** One whole sign-in, and one renewal of what it gave. */
export function signIn() {
  http.cookieJar().clear(issuer);
  const verifier = `${newId()}${newId()}`;
  const code = codeFor(oneOf(portal.people), crypto.sha256(verifier, 'base64rawurl'));
  if (code === '') return;
  const { clientId: client_id, redirectUri: redirect_uri } = portal;
  const form = { grant_type: 'authorization_code', code, redirect_uri, client_id };
  const granted = askTokens({ ...form, code_verifier: verifier }, 'POST token by code');
  const { refresh_token } = granted;
  askTokens({ grant_type: 'refresh_token', refresh_token, client_id }, 'POST token by refresh');
}

/** What the portal asks for first, in every role. */
export function firstScreens() {
  const config = http.get(`${address}/config.json`, { tags: { name: 'GET /config.json' } });
  check(config, { 'the portal is told where to sign in': (one) => one.status === 200 });
  ask('director', '/v1/dashboard');
  for (const role of ['director', 'collector', 'finance', 'agent', 'manager']) {
    ask(role, '/v1/cases?page.size=50', 'GET /v1/cases');
  }
  ask('manager', '/v1/placements', 'GET /v1/placements');
}

export default function arrive() {
  signIn();
  firstScreens();
}
