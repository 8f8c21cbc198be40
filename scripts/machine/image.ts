/** What `./scripts/image` is told, and what it tells docker, podman or buildah. */
import { parseArgs } from 'node:util';

/** Engines in the order in which they are looked for. */
export const engines = ['docker', 'podman', 'buildah'] as const;
export type Engine = (typeof engines)[number];

export type ImageOptions = {
  engine: Engine | undefined;
  tag: string;
  /** The Node image to build on, from a mirror or with a digest. */
  base: string | undefined;
  npmRegistry: string | undefined;
  /** File for the bill of materials. */
  sbom: string | undefined;
  /** Arguments for the engine itself. */
  further: readonly string[];
};

/** Where the image comes from, for its labels. */
export type Origin = { version: string; revision: string; created: string };

export const help = `./scripts/image [--engine NAME] [--tag NAME] [--base IMAGE]
                [--npm-registry URL] [--sbom FILE] [-- ARGUMENTS]

Builds the image of the gateway and all services, and says how large it is.

  --engine NAME       ${engines.join(', ')}; without it the first of them that answers
  --tag NAME          name and version of the image (recourse:<version of package.json>)
  --base IMAGE        the Node image from a mirror, or by its digest: mirror.example/node:26
  --npm-registry URL  where the packages come from
  --sbom FILE         writes the bill of materials (CycloneDX) there
  -- ARGUMENTS        handed to the engine's build as they are: -- --network host
`;

/** A name with its version, maybe with a digest, and no scheme: what engines take. */
const imageName = /^(?:[\w.-]+(?::\d+)?\/)*[\w.-]+:[\w.-]+(?:@sha256:[\da-f]{64})?$/;

function isEngine(name: string): name is Engine {
  return engines.some((one) => one === name);
}

/** Throws with words when an argument is not understood. */
export function readImageOptions(args: readonly string[], version: string): ImageOptions | 'help' {
  const end = args.indexOf('--');
  const { values } = parseArgs({
    args: end < 0 ? [...args] : args.slice(0, end),
    options: {
      engine: { type: 'string' },
      tag: { type: 'string', default: `recourse:${version}` },
      base: { type: 'string' },
      'npm-registry': { type: 'string' },
      sbom: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const { engine, tag, base, sbom, 'npm-registry': npmRegistry } = values;
  if (engine !== undefined && !isEngine(engine)) {
    throw new Error(`--engine ${engine} is none of ${engines.join(', ')}`);
  }
  for (const [name, value] of Object.entries({ tag, base })) {
    if (value !== undefined && !imageName.test(value)) {
      throw new Error(`--${name} ${value} is not a name with a version: host/name:version`);
    }
  }
  if (npmRegistry !== undefined && !/^https?:\/\/\S+$/.test(npmRegistry)) {
    throw new Error(`--npm-registry ${npmRegistry} is not an address`);
  }
  return { engine, tag, base, npmRegistry, sbom, further: end < 0 ? [] : args.slice(end + 1) };
}

/** What the engine's build is told. */
export function buildArguments(engine: Engine, o: ImageOptions, origin: Origin): string[] {
  const told = {
    VERSION: origin.version,
    REVISION: origin.revision,
    CREATED: origin.created,
    NODE_IMAGE: o.base,
    NPM_REGISTRY: o.npmRegistry,
  };
  const given = Object.entries(told).flatMap(([name, value]) =>
    value === undefined ? [] : ['--build-arg', `${name}=${value}`],
  );
  // The OCI format knows no HEALTHCHECK: podman and buildah would leave it out with a warning.
  const format = engine === 'docker' ? [] : ['--format', 'docker'];
  // Layers are what docker and podman keep anyway; with them a second build is quick.
  const layers = engine === 'buildah' ? ['--layers'] : [];
  const file = ['--file', 'deploy/Dockerfile', '--tag', o.tag];
  return ['build', ...format, ...layers, ...file, ...given, ...o.further, '.'];
}

/** The engine's name for the image's size, as a person reads it. */
export function sizeArguments(tag: string): string[] {
  return ['images', '--format', '{{.Size}}', tag];
}
