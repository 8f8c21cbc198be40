/**
 * Where sessions, grants and refresh tokens are kept: one SQLite file, so that a restart signs
 * nobody out. A real Keycloak keeps them in its own database.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Adapter } from 'oidc-provider';

/** Access and refresh tokens and codes fall with their grant; the grant itself does not. */
const fallsWithGrant = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken']);

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS kept (
    kind TEXT NOT NULL, id TEXT NOT NULL, content TEXT NOT NULL,
    grant_id TEXT, uid TEXT, expires_at INTEGER,
    PRIMARY KEY (kind, id)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS kept_by_grant ON kept (grant_id) WHERE grant_id IS NOT NULL;
  CREATE INDEX IF NOT EXISTS kept_by_uid ON kept (kind, uid) WHERE uid IS NOT NULL;
  CREATE TABLE IF NOT EXISTS changed (
    kind TEXT NOT NULL, id TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (kind, id)
  ) WITHOUT ROWID;
`;

/** What an administrator made of a user or a group of the realm file. */
export type Change = { kind: 'user' | 'group'; id: string; content: object };

export type Sessions = {
  adapter: (kind: string) => Adapter;
  /** Ends everything that was granted to a person: sessions, refresh tokens, codes. */
  endOf(accountId: string): void;
  changes(): Change[];
  keepChange(change: Change): void;
  close(): void;
};

/** Opens the file, or memory for `:memory:`, and forgets what has expired. */
export function openSessions(file: string): Sessions {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  database.exec(schema);
  database.prepare('DELETE FROM kept WHERE expires_at < ?').run(seconds());
  return {
    adapter: (kind) => adapterOf(database, kind),
    endOf: (accountId) => {
      database
        .prepare(`DELETE FROM kept WHERE json_extract(content, '$.accountId') = ?`)
        .run(accountId);
    },
    changes: () => database.prepare('SELECT kind, id, content FROM changed').all().map(changeOf),
    keepChange: ({ kind, id, content }) => {
      database
        .prepare('INSERT OR REPLACE INTO changed (kind, id, content) VALUES (?, ?, ?)')
        .run(kind, id, JSON.stringify(content));
    },
    close: () => database.close(),
  };
}

function changeOf(row: Record<string, unknown>): Change {
  const kind = row['kind'] === 'user' ? 'user' : 'group';
  return { kind, id: String(row['id']), content: JSON.parse(String(row['content'])) };
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}

function adapterOf(database: DatabaseSync, kind: string): Adapter {
  const alive = '(expires_at IS NULL OR expires_at >= ?)';
  const byId = database.prepare(`SELECT content FROM kept WHERE kind = ? AND id = ? AND ${alive}`);
  const byUid = database.prepare(
    `SELECT content FROM kept WHERE kind = ? AND uid = ? AND ${alive}`,
  );
  const put = database.prepare(`INSERT OR REPLACE INTO kept
    (kind, id, content, grant_id, uid, expires_at) VALUES (?, ?, ?, ?, ?, ?)`);
  const consumed = database.prepare(`UPDATE kept
    SET content = json_set(content, '$.consumed', ?) WHERE kind = ? AND id = ?`);
  const drop = database.prepare('DELETE FROM kept WHERE kind = ? AND id = ?');
  const dropGrant = database.prepare(`DELETE FROM kept WHERE grant_id = ? AND kind <> 'Grant'`);
  const read = (row: Record<string, unknown> | undefined) =>
    row === undefined ? undefined : JSON.parse(String(row['content']));
  const textOf = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    async upsert(id, payload, expiresIn) {
      const grantId = fallsWithGrant.has(kind) ? textOf(payload['grantId']) : null;
      const uid = kind === 'Session' ? textOf(payload['uid']) : null;
      const until = expiresIn === undefined ? null : seconds() + expiresIn;
      put.run(kind, id, JSON.stringify(payload), grantId, uid, until);
    },
    find: async (id) => read(byId.get(kind, id, seconds())),
    findByUid: async (uid) => read(byUid.get(kind, uid, seconds())),
    findByUserCode: async () => undefined,
    consume: async (id) => {
      consumed.run(seconds(), kind, id);
    },
    destroy: async (id) => {
      drop.run(kind, id);
    },
    revokeByGrantId: async (grantId) => {
      dropGrant.run(grantId);
    },
  };
}
