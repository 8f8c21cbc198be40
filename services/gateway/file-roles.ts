import type { DescMessage } from '@bufbuild/protobuf';
import type { Contract, Method } from '@recourse/kit/contract.ts';

/**
 * Who may send and fetch files follows from the contract: from the methods that take or give them.
 */

const fileRef = 'recourse.type.v1.FileRef';

function rolesWhere(contract: Contract, takes: (method: Method) => boolean): string[] {
  const methods = contract.methods.filter(
    (method) => method.access?.internal !== true && takes(method),
  );
  return [...new Set(methods.flatMap((method) => method.access?.roles ?? []))].toSorted();
}

function holdsFile(message: DescMessage, seen = new Set<string>()): boolean {
  if (message.typeName === fileRef) return true;
  if (seen.has(message.typeName)) return false;
  seen.add(message.typeName);
  return message.fields.some(
    (field) => field.message !== undefined && holdsFile(field.message, seen),
  );
}

/** Whoever may call a method that takes an `upload_id` may upload. */
export function uploadRoles(contract: Contract): string[] {
  return rolesWhere(contract, (method) =>
    method.input.fields.some((field) => field.name === 'upload_id'),
  );
}

/** Whoever may be answered with a file may read files of the own organisation. */
export function fileRoles(contract: Contract): string[] {
  return rolesWhere(contract, (method) => holdsFile(method.output));
}
