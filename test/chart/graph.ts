/** Whose events a service takes in, read from how it wires itself. */
import type { Consumer } from '@recourse/kit/inbox.ts';
import type { Deps, ServiceSpec } from '@recourse/kit/service.ts';

/** Stands for any dependency: wiring only hands them on, nothing of them is used. */
function idle(): object {
  const nothing = (): object => idle();
  return new Proxy(nothing, {
    get: (_target, name) => (name === Symbol.toPrimitive ? () => '' : idle()),
    apply: () => idle(),
  });
}

/** Names of the services whose streams the service's consumers read, in order. */
export function consumedBy(spec: ServiceSpec): string[] {
  const inbox: readonly Consumer[] = spec.wire(idle() as Deps).inbox ?? [];
  return [...new Set(inbox.map(({ source }) => source))].toSorted();
}
