import type { IContainer } from 'kubernetes-models/v1/Container';
import { type Pod, podsOf, type Rendered } from '../render.ts';

/** A rule about rendered objects. */
export type Rule = {
  name: string;
  /** What breaks it, in words; empty when it holds. */
  find(objects: readonly Rendered[]): string[];
  /** Breaks one thing, so that the rule is seen to work. */
  harm(objects: Rendered[]): void;
  /** The value set that is harmed; `medium` unless said. */
  on?: string;
};

export function containersOf({ spec }: Pod): IContainer[] {
  return [...(spec.initContainers ?? []), ...spec.containers];
}

export function nameOf(pod: Pod): string {
  return `${pod.of.kind}/${pod.of.metadata.name}`;
}

/** A rule that each pod keeps by itself. */
export function podRule(
  name: string,
  holds: (pod: Pod) => boolean,
  harm: (pod: Pod) => void,
): Rule {
  return {
    name,
    find: (objects) =>
      podsOf(objects)
        .filter((pod) => !holds(pod))
        .map(nameOf),
    harm: (objects) => {
      const pod = podsOf(objects).at(-1);
      if (pod !== undefined) harm(pod);
    },
  };
}

/** A rule that each container keeps by itself. */
export function containerRule(
  name: string,
  holds: (container: IContainer, pod: Pod) => boolean,
  harm: (container: IContainer) => void,
): Rule {
  const every = (pod: Pod) => containersOf(pod).every((one) => holds(one, pod));
  return podRule(name, every, (pod) => {
    const container = pod.spec.containers[0];
    if (container !== undefined) harm(container);
  });
}

/** The one object of a kind and name; throws when a harm has nothing to work on. */
export function objectOf(objects: readonly Rendered[], kind: string, end = ''): Rendered {
  const found = objects.find((one) => one.kind === kind && one.metadata.name.endsWith(end));
  if (found === undefined) throw new Error(`no ${kind} …${end}`);
  return found;
}
