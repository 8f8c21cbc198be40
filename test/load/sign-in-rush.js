/**
 * Everybody at nine o'clock: what the portal asks for right after somebody has signed in, in many
 * roles. Signing in itself is the identity provider's work, for which its maker has load tests.
 */
import http from 'k6/http';
import { check } from 'k6';
import { address, alone, ask } from './people.js';

export const options = alone;

export default function arrive() {
  const config = http.get(`${address}/config.json`, { tags: { name: 'GET /config.json' } });
  check(config, { 'the portal is told where to sign in': (one) => one.status === 200 });
  ask('director', '/v1/dashboard');
  for (const role of ['director', 'collector', 'finance', 'agent', 'manager']) {
    ask(role, '/v1/cases?page.size=50', 'GET /v1/cases');
  }
  ask('manager', '/v1/placements', 'GET /v1/placements');
}
