import { networkRules } from './rules/network.ts';
import { podRules } from './rules/pods.ts';
import type { Rule } from './rules/rule.ts';
import { scaleRules } from './rules/scale.ts';
import { shapeRules } from './rules/shape.ts';

/** Every rule of the house; each holds in every value set and is shown to be able to fail. */
export const rules: readonly Rule[] = [...podRules, ...scaleRules, ...networkRules, ...shapeRules];
