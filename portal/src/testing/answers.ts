import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import type { EnvironmentProviders, Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, withComponentInputBinding } from '@angular/router';
import type { Caller } from '../app/session/caller';
import { signedIn } from './signed-in';

/** Providers of a page that reads: a session, a router, and a server that tests answer for. */
export function pageProviders(person: Partial<Caller> = {}): (EnvironmentProviders | Provider)[] {
  return [
    provideHttpClient(),
    provideHttpClientTesting(),
    provideRouter([], withComponentInputBinding()),
    ...signedIn(person),
  ];
}

/**
 * Answers the one open request for a path, and gives its body. What asks is not settled before it
 * is answered: start it, answer, and only then await it.
 */
export async function answer(path: string, body: unknown, status = 200): Promise<unknown> {
  const http = TestBed.inject(HttpTestingController);
  await new Promise((resolve) => setTimeout(resolve));
  TestBed.tick();
  await new Promise((resolve) => setTimeout(resolve));
  const request = http.expectOne((one) => one.url === path);
  const statusText = status === 200 ? 'OK' : 'refused';
  request.flush(body as Record<string, unknown>, { status, statusText });
  await new Promise((resolve) => setTimeout(resolve));
  TestBed.tick();
  return request.request.body;
}

/** The body of the one request that is open, whatever its path; it stays unanswered. */
export async function openBody(): Promise<unknown> {
  await new Promise((resolve) => setTimeout(resolve));
  return TestBed.inject(HttpTestingController).expectOne(() => true).request.body;
}
