import { createHash } from 'node:crypto';
import { type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf';
import type { Codecs } from './codecs.ts';

/** A method's answer as it goes over HTTP. */
export type Answer = { text: string; etag: string | undefined };

/** Turns a method's answer into JSON, with an entity tag when it is one versioned thing. */
export type AnswerWriter = (bytes: Uint8Array) => Answer;

type VersionReader = (message: object) => bigint | undefined;

function isVersion(field: DescField): boolean {
  return field.name === 'version' && field.scalar === ScalarType.INT64;
}

/**
 * The one thing that an answer is about, when it has a version. An answer with two things (a
 * payment and its case) has no tag: nobody could say whose it were.
 */
export function versionedField(output: DescMessage): DescField | undefined {
  const [field, second] = output.fields.filter((one) => one.fieldKind === 'message');
  if (field?.message === undefined || second !== undefined) return undefined;
  return field.message.fields.some(isVersion) ? field : undefined;
}

function versionReader(output: DescMessage): VersionReader | undefined {
  const field = versionedField(output);
  if (field === undefined) return undefined;
  return (message) => {
    const thing: unknown = Reflect.get(message, field.localName);
    if (typeof thing !== 'object' || thing === null || !('version' in thing)) return undefined;
    return typeof thing.version === 'bigint' ? thing.version : undefined;
  };
}

/**
 * `"7-c0ffee…"`: the version, which `If-Match` goes by, then what the text is, which
 * `If-None-Match` goes by. The version alone would not do for that: days overdue and what is masked
 * change without it.
 */
function entityTag(version: bigint, text: string): string {
  return `"${version}-${createHash('sha1').update(text).digest('base64url').slice(0, 16)}"`;
}

export function createAnswerWriter(output: DescMessage, codecs: Codecs): AnswerWriter {
  const codec = codecs.of(output.typeName);
  const versionOf = versionReader(output);
  return (bytes) => {
    const message = codec.decode(bytes);
    const text = JSON.stringify(codec.toJSON(message));
    const version = versionOf?.(message);
    return { text, etag: version === undefined ? undefined : entityTag(version, text) };
  };
}

/** Whether an `If-None-Match` header names this tag; weak tags compare alike (RFC 9110, 13.1.2). */
export function namesTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
}
