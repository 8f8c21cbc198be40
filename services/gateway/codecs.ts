import { fault } from '@recourse/kit/fault.ts';
import type { Contract } from '@recourse/kit/contract.ts';

/**
 * The generated code of a message type. Answers are turned into JSON by it, in about half the time
 * that reflection takes (stack.md, Contract), and in the very form that the portal's generated code
 * reads.
 */
export type Codec = {
  decode(bytes: Uint8Array): object;
  toJSON(message: object): unknown;
};

export type Codecs = {
  /** By full type name, `recourse.cases.v1.Case`. Throws `internal: type_not_generated`. */
  of(typeName: string): Codec;
};

/** `recourse/cases/v1/work.proto` → `@recourse/proto/cases/v1/work.ts`. */
function moduleOf(protoFile: string): string {
  return `@recourse/proto/${protoFile.replace(/^recourse\//, '').replace(/\.proto$/, '')}.ts`;
}

function isCodec(value: unknown): value is Codec {
  return (
    typeof value === 'object' &&
    value !== null &&
    'decode' in value &&
    'toJSON' in value &&
    typeof value.decode === 'function' &&
    typeof value.toJSON === 'function'
  );
}

/**
 * Loads the generated code of every file of the contract, so that a new service needs no line here.
 */
export async function loadCodecs(contract: Contract): Promise<Codecs> {
  const codecs = new Map<string, Codec>();
  for (const file of contract.registry.files) {
    if (!file.proto.name.startsWith('recourse/')) continue;
    const generated: Record<string, unknown> = await import(moduleOf(file.proto.name));
    for (const [name, value] of Object.entries(generated)) {
      // ts-proto joins the names of nested messages by an underscore.
      if (isCodec(value)) codecs.set(`${file.proto.package}.${name.replaceAll('_', '.')}`, value);
    }
  }
  return {
    of(typeName) {
      const codec = codecs.get(typeName);
      if (codec === undefined) throw fault('internal', 'type_not_generated', { typeName });
      return codec;
    },
  };
}
