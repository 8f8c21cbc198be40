/** The part of oidc-provider 9 that is used here; the package carries no types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export type Token = {
    kind: string;
    jti?: string;
    accountId?: string;
    clientId?: string;
    sessionUid?: string;
    expiration: number;
  };

  export type Context = {
    type: string;
    body: unknown;
    path: string;
    req: IncomingMessage;
    res: ServerResponse;
    cookies: { set(name: string, value: null, options?: object): void };
    oidc: {
      route: string;
      client?: { clientId: string };
      params?: Record<string, string | undefined>;
      session?: StoredSession;
      result?: { consent?: { grantId?: string } };
      entities: Record<string, { accountId?: string; clientId?: string } | undefined>;
      provider: Provider;
    };
  };

  export type StoredSession = {
    uid: string;
    accountId?: string;
    authorizations?: Record<string, { grantId?: string }>;
    grantIdFor(clientId: string): string | undefined;
    destroy(): Promise<void>;
  };

  export type StoredClient = { clientId: string; redirectUris: string[] };

  export type StoredGrant = {
    addOIDCScope(scope: string): void;
    addResourceScope(resource: string, scope: string): void;
    save(ttl?: number): Promise<string>;
    destroy(): Promise<void>;
  };

  export type InteractionDetails = {
    uid: string;
    prompt: { name: string };
    params: Record<string, string | undefined>;
  };

  export type Adapter = {
    upsert(id: string, payload: Record<string, unknown>, expiresIn?: number): Promise<void>;
    find(id: string): Promise<Record<string, unknown> | undefined>;
    findByUid(uid: string): Promise<Record<string, unknown> | undefined>;
    findByUserCode(code: string): Promise<Record<string, unknown> | undefined>;
    consume(id: string): Promise<void>;
    destroy(id: string): Promise<void>;
    revokeByGrantId(grantId: string): Promise<void>;
  };

  export class Provider {
    constructor(issuer: string, configuration: object);
    proxy: boolean;
    callback(): (req: IncomingMessage, res: ServerResponse) => Promise<void>;
    createContext(req: IncomingMessage, res: ServerResponse): Context;
    cookieName(kind: 'session' | 'interaction'): string;
    interactionDetails(req: IncomingMessage, res: ServerResponse): Promise<InteractionDetails>;
    interactionFinished(
      req: IncomingMessage,
      res: ServerResponse,
      result: object,
      options?: { mergeWithLastSubmission: boolean },
    ): Promise<void>;
    on(event: string, heard: (...about: unknown[]) => void): void;
    Session: { get(ctx: Context): Promise<StoredSession> };
    Client: {
      find(id: string): Promise<StoredClient | undefined>;
      prototype: Record<string, unknown>;
    };
    RefreshToken: { prototype: Record<string, unknown>; adapter: Adapter };
    Grant: {
      new (about: { clientId: string; accountId: string | undefined }): StoredGrant;
      find(id: string): Promise<StoredGrant | undefined>;
    };
  }

  export const errors: { InvalidGrant: new (description: string) => Error };
}
