import { computed, Service, signal } from '@angular/core';
import type { Signal } from '@angular/core';
import Keycloak from 'keycloak-js';
import { callerOf } from './caller';
import type { Caller } from './caller';
import { readPortalConfig } from './config';
import type { PortalConfig } from './config';
import { language } from './language';
import { keepPlace, landing, returnToPlace } from './place';
import { Problem } from './problem';

/**
 * `starting` before the first answer; `in` and `expiring` while requests work; `expired` when the
 * person has to sign in again; `unavailable` when gateway or identity provider cannot be reached;
 * `stranger` when the account belongs to no organisation.
 */
export type SessionStatus = 'starting' | 'in' | 'expiring' | 'expired' | 'unavailable' | 'stranger';

/** A token that ends within this many seconds is renewed before it is used. */
const renewBeforeSeconds = 30;
/** How long before its end the session says so. */
const warnBeforeMs = 120_000;
/** Longest wait of one timer; browsers cut longer ones off. */
const longestTimerMs = 60_000;

/** Who is signed in, and the token their requests carry. */
@Service()
export class Session {
  readonly #status = signal<SessionStatus>('starting');
  readonly #caller = signal<Caller | undefined>(undefined);
  readonly #endsAt = signal<number | undefined>(undefined);
  readonly #version = signal('');
  #keycloak: Keycloak | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly status: Signal<SessionStatus> = this.#status.asReadonly();
  /** When the session ends unless it is used, as milliseconds of the epoch. */
  readonly endsAt: Signal<number | undefined> = this.#endsAt.asReadonly();
  /** Version of the running system, as the gateway says. */
  readonly version: Signal<string> = this.#version.asReadonly();
  readonly isIn: Signal<boolean> = computed(() => this.#caller() !== undefined);

  /** The person signed in. Pages are shown only to one; asking earlier throws. */
  readonly caller: Signal<Caller> = computed(() => {
    const caller = this.#caller();
    if (caller === undefined) throw new Error('nobody is signed in');
    return caller;
  });

  /** Signs in, by way of the identity provider's page when needed. Never throws. */
  async start(): Promise<void> {
    try {
      await this.#signIn(await readPortalConfig());
    } catch {
      this.#status.set('unavailable');
    }
  }

  async #signIn(config: PortalConfig): Promise<void> {
    this.#version.set(config.version);
    const keycloak = new Keycloak(config);
    this.#keycloak = keycloak;
    keycloak.onAuthLogout = () => this.#end();
    keycloak.onAuthRefreshSuccess = () => this.#watchEnd();
    keepPlace();
    await keycloak.init({
      onLoad: 'login-required',
      redirectUri: landing(),
      pkceMethod: 'S256',
      checkLoginIframe: false,
      locale: language(),
    });
    returnToPlace();
    const caller = callerOf(keycloak.tokenParsed ?? {});
    this.#caller.set(caller);
    this.#status.set(caller === undefined ? 'stranger' : 'in');
    if (caller !== undefined) this.#watchEnd();
  }

  /** A token good for the next request; throws the problem `signed_out` when there is none. */
  async token(): Promise<string> {
    const keycloak = this.#keycloak;
    try {
      await keycloak?.updateToken(renewBeforeSeconds);
    } catch {
      if (keycloak?.token === undefined || keycloak.isTokenExpired(0)) this.#end();
    }
    const token = keycloak?.token;
    if (token === undefined || this.#status() === 'expired') {
      throw new Problem({ status: 401, reason: 'signed_out' });
    }
    return token;
  }

  /** Renews the session because the person said that they are still here. */
  async stay(): Promise<void> {
    try {
      await this.#keycloak?.updateToken(-1);
    } catch {
      this.#end();
    }
  }

  /** Back to the identity provider's page, and from there to where the person is now. */
  async signInAgain(): Promise<void> {
    keepPlace();
    await this.#keycloak?.login({ redirectUri: landing(), locale: language() });
  }

  async signOut(): Promise<void> {
    await this.#keycloak?.logout({ redirectUri: landing() });
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#status.set('expired');
  }

  /** Follows the refresh token: it is what ends a session that nobody uses. */
  #watchEnd(): void {
    clearTimeout(this.#timer);
    const expiry = this.#keycloak?.refreshTokenParsed?.exp;
    if (expiry === undefined || this.#status() === 'expired') return;
    const endsAt = (expiry - (this.#keycloak?.timeSkew ?? 0)) * 1000;
    const left = endsAt - Date.now();
    this.#endsAt.set(endsAt);
    if (left <= 0) {
      this.#end();
      return;
    }
    this.#status.set(left <= warnBeforeMs ? 'expiring' : 'in');
    const wait = left <= warnBeforeMs ? Math.min(left, 1000) : left - warnBeforeMs;
    this.#timer = setTimeout(() => this.#watchEnd(), Math.min(wait, longestTimerMs));
  }
}
