import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { readOptions } from './options.ts';
import { createPorts } from './ports.ts';

describe('The command line of start', () => {
  it('needs nothing', () => {
    expect(readOptions([], {})).toMatchObject({ fresh: false, demo: true, port: 8080 });
  });

  it.each([
    [['--fresh'], {}, { fresh: true }],
    [['--no-demo'], {}, { demo: false }],
    [['--port', '9000'], {}, { port: 9000 }],
    [[], { NATS_URL: 'nats://there:4222' }, { natsUrl: 'nats://there:4222' }],
    [
      [],
      { OIDC_ISSUER: 'https://id.example/realms/recourse/' },
      { issuer: 'https://id.example/realms/recourse' },
    ],
    [[], { POSTGRES_URL: '' }, { postgresUrl: undefined }],
    [[], { KEYCLOAK_DIST: '/opt/keycloak' }, { keycloak: undefined }],
    [['--keycloak'], {}, { keycloak: { dist: undefined } }],
    [['--keycloak'], { KEYCLOAK_DIST: '/opt/kc' }, { keycloak: { dist: '/opt/kc' } }],
  ])('%j with %j', (args, given, expected) => {
    expect(readOptions(args, given)).toMatchObject(expected);
  });

  it.each([
    [['--port', 'abc'], {}, '--port abc is not a port'],
    [['--port', '0'], {}, '--port 0 is not a port'],
    [['--fast'], {}, '--fast'],
    [['--keycloak'], { OIDC_ISSUER: 'http://id/realms/r' }, 'exclude each other'],
    [[], { POSTGRES_URL: 'there' }, 'POSTGRES_URL is not an address'],
  ])('refuses %j with %j', (args, given, words) => {
    expect(() => readOptions(args, given)).toThrow(words);
  });
});

describe('A port', () => {
  it('that is taken gives way to the next one, and says so', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const taken = typeof address === 'object' && address !== null ? address.port : 0;
    const said: string[] = [];
    const ports = createPorts((words) => said.push(words));
    const port = await ports.take('the portal', taken);
    expect(port).toBeGreaterThan(taken);
    expect(said).toEqual([`port ${taken} is taken: the portal is on ${port}`]);
    await ports.release(port);
    await new Promise((resolve) => server.close(resolve));
  });

  it('is held until its process starts, against everybody else', async () => {
    const ours = createPorts(() => {});
    const theirs = createPorts(() => {});
    const first = await ours.take('one', 19_100);
    const second = await theirs.take('two', first);
    expect(second).toBeGreaterThan(first);
    await ours.release(first);
    const third = await theirs.take('three', first);
    expect(third).toBe(first);
    expect(await ours.take('four', first)).not.toBe(first);
  });
});
