import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fromBinary } from '@bufbuild/protobuf';
import { type FileDescriptorProto, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';

/**
 * What the contract's authors wrote above a thing, by its full name; empty when they wrote nothing.
 */
export type Comments = (fullName: string) => string;

type MessageProto = FileDescriptorProto['messageType'][number];
type EnumProto = FileDescriptorProto['enumType'][number];
type Take = (path: readonly number[], fullName: string) => void;

/** Places of things within a file, as descriptor.proto numbers its own fields. */
const at = { message: 4, enumType: 5, service: 6, field: 2, nested: 3, nestedEnum: 4, value: 2 };

function eachMessage(message: MessageProto, path: number[], name: string, take: Take): void {
  take(path, name);
  for (const [index, field] of message.field.entries()) {
    take([...path, at.field, index], `${name}.${field.name}`);
  }
  for (const [index, nested] of message.nestedType.entries()) {
    eachMessage(nested, [...path, at.nested, index], `${name}.${nested.name}`, take);
  }
  for (const [index, nested] of message.enumType.entries()) {
    eachEnum(nested, [...path, at.nestedEnum, index], `${name}.${nested.name}`, take);
  }
}

function eachEnum(one: EnumProto, path: number[], name: string, take: Take): void {
  take(path, name);
  for (const [index, value] of one.value.entries()) {
    take([...path, at.value, index], `${name}.${value.name}`);
  }
}

function eachThing(file: FileDescriptorProto, take: Take): void {
  for (const [index, message] of file.messageType.entries()) {
    eachMessage(message, [at.message, index], `${file.package}.${message.name}`, take);
  }
  for (const [index, one] of file.enumType.entries()) {
    eachEnum(one, [at.enumType, index], `${file.package}.${one.name}`, take);
  }
  for (const [index, service] of file.service.entries()) {
    const name = `${file.package}.${service.name}`;
    take([at.service, index], name);
    for (const [place, method] of service.method.entries()) {
      take([at.service, index, at.field, place], `${name}.${method.name}`);
    }
  }
}

/** Source lines are wrapped; a description is one text. */
function tidy(comment: string): string {
  return comment
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
    .trim();
}

/** Reads the comments of the contract's own files; only this descriptor set keeps them. */
export function readComments(): Comments {
  const place = createRequire(import.meta.url).resolve('@recourse/proto/comments.binpb');
  const { file: files } = fromBinary(FileDescriptorSetSchema, readFileSync(place));
  const found = new Map<string, string>();
  for (const file of files) {
    if (!file.name.startsWith('recourse/')) continue;
    const byPath = new Map<string, string>();
    for (const location of file.sourceCodeInfo?.location ?? []) {
      const text = tidy(location.leadingComments || location.trailingComments);
      if (text !== '') byPath.set(location.path.join('.'), text);
    }
    const first = file.service[0];
    // A file with one service says at its top what the service is about.
    const top = byPath.get('2');
    if (first !== undefined && top !== undefined) found.set(`${file.package}.${first.name}`, top);
    eachThing(file, (path, fullName) => {
      const text = byPath.get(path.join('.'));
      if (text !== undefined) found.set(fullName, text);
    });
  }
  return (fullName) => found.get(fullName) ?? '';
}
