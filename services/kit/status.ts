import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { Metadata, status } from '@grpc/grpc-js';
import { type Fact, Fault, type FaultKind, type Violation } from './fault.ts';

/**
 * The first of the system's two error tables: fault kind → gRPC status. (The second, status → RFC
 * 9457 problem, stands in the gateway.) Each kind has a status of its own, so the way back is
 * exact.
 */
export const statusByKind = {
  invalid: status.INVALID_ARGUMENT,
  unauthenticated: status.UNAUTHENTICATED,
  denied: status.PERMISSION_DENIED,
  missing: status.NOT_FOUND,
  exists: status.ALREADY_EXISTS,
  stale: status.ABORTED,
  refused: status.FAILED_PRECONDITION,
  exhausted: status.RESOURCE_EXHAUSTED,
  unavailable: status.UNAVAILABLE,
  expired: status.DEADLINE_EXCEEDED,
  cancelled: status.CANCELLED,
  internal: status.INTERNAL,
} as const satisfies Record<FaultKind, status>;

const kindByStatus = new Map<status, FaultKind>([
  // Our servers never send these three; a proxy or an older peer may.
  [status.OUT_OF_RANGE, 'invalid'],
  [status.DATA_LOSS, 'internal'],
  [status.UNIMPLEMENTED, 'internal'],
]);
for (const kind of Object.keys(statusByKind) as FaultKind[]) {
  kindByStatus.set(statusByKind[kind], kind);
}

const detailsKey = 'grpc-status-details-bin';
const errorInfoType = 'type.googleapis.com/google.rpc.ErrorInfo';
const badRequestType = 'type.googleapis.com/google.rpc.BadRequest';
const domain = 'recourse';

/**
 * The trailer must stay well under the 64 KiB of headers that HTTP/2 peers accept; what does not
 * fit is left out from the end and counted in the fact `violationsOmitted`.
 */
const mostViolations = 100;
const mostDetailBytes = 16_384;

/** A fact as text that gives back its type: JSON, and `12n` for a bigint. */
function factText(fact: Fact): string {
  return typeof fact === 'bigint' ? `${fact}n` : JSON.stringify(fact);
}

/** A fact from its text; text that no server of ours wrote is kept as it is. */
function factFrom(text: string): Fact {
  if (/^-?\d+n$/.test(text)) return BigInt(text.slice(0, -1));
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'string' || typeof value === 'number') return value;
    if (typeof value === 'boolean' || value === null) return value;
    return text;
  } catch {
    return text;
  }
}

/** google.rpc.ErrorInfo { reason = 1, domain = 2, metadata = 3 }. */
function encodeErrorInfo(reason: string, facts: Readonly<Record<string, Fact>>): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.LengthDelimited).string(reason);
  writer.tag(2, WireType.LengthDelimited).string(domain);
  for (const [name, fact] of Object.entries(facts)) {
    writer.tag(3, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(name);
    writer.tag(2, WireType.LengthDelimited).string(factText(fact));
    writer.join();
  }
  return writer.finish();
}

/** google.rpc.BadRequest { field_violations = 1 { field = 1, description = 2, reason = 3 } }. */
function encodeBadRequest(violations: readonly Violation[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const violation of violations) {
    writer.tag(1, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(violation.field);
    writer.tag(2, WireType.LengthDelimited).string(violation.repair);
    writer.tag(3, WireType.LengthDelimited).string(violation.rule);
    writer.join();
  }
  return writer.finish();
}

/** google.rpc.Status { code = 1, message = 2, details = 3 (Any { type_url = 1, value = 2 }) }. */
function encodeStatus(code: number, message: string, details: [string, Uint8Array][]): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.Varint).int32(code);
  writer.tag(2, WireType.LengthDelimited).string(message);
  for (const [type, value] of details) {
    writer.tag(3, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(type);
    writer.tag(2, WireType.LengthDelimited).bytes(value);
    writer.join();
  }
  return writer.finish();
}

function encodeFault(fault: Fault, violations: readonly Violation[]): Uint8Array {
  const omitted = fault.violations.length - violations.length;
  const facts = omitted > 0 ? { ...fault.facts, violationsOmitted: omitted } : fault.facts;
  const details: [string, Uint8Array][] = [[errorInfoType, encodeErrorInfo(fault.reason, facts)]];
  if (violations.length > 0) details.push([badRequestType, encodeBadRequest(violations)]);
  return encodeStatus(statusByKind[fault.kind], fault.message, details);
}

/** What grpc-js sends for a fault: status, short message and the details trailer. */
export function statusFrom(fault: Fault): { code: status; details: string; metadata: Metadata } {
  let violations = fault.violations.slice(0, mostViolations);
  let encoded = encodeFault(fault, violations);
  while (encoded.length > mostDetailBytes && violations.length > 0) {
    violations = violations.slice(0, Math.floor(violations.length / 2));
    encoded = encodeFault(fault, violations);
  }
  const metadata = new Metadata();
  metadata.set(detailsKey, Buffer.from(encoded));
  return { code: statusByKind[fault.kind], details: fault.message, metadata };
}

/** Calls `read` for each length-delimited field of a message and passes over all others. */
function eachField(bytes: Uint8Array, read: (field: number, value: Uint8Array) => void): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (wireType === WireType.LengthDelimited) read(field, reader.bytes());
    else reader.skip(wireType, field);
  }
}

/** The texts of a message whose fields are all strings, by field number. */
function texts(bytes: Uint8Array): Map<number, string> {
  const found = new Map<number, string>();
  eachField(bytes, (field, value) => found.set(field, Buffer.from(value).toString('utf8')));
  return found;
}

type Details = { reason: string; facts: [string, Fact][]; violations: Violation[] };

function readDetail(any: Uint8Array, into: Details): void {
  let type = '';
  let content: Uint8Array = new Uint8Array();
  eachField(any, (field, value) => {
    if (field === 1) type = Buffer.from(value).toString('utf8');
    if (field === 2) content = value;
  });
  if (type === errorInfoType) {
    eachField(content, (field, value) => {
      if (field === 1) into.reason = Buffer.from(value).toString('utf8');
      if (field !== 3) return;
      const entry = texts(value);
      into.facts.push([entry.get(1) ?? '', factFrom(entry.get(2) ?? '')]);
    });
  }
  if (type === badRequestType) {
    eachField(content, (_field, value) => {
      const entry = texts(value);
      into.violations.push({
        field: entry.get(1) ?? '',
        rule: entry.get(3) ?? '',
        repair: entry.get(2) ?? '',
      });
    });
  }
}

/** The details trailer, or undefined when there is none or it is not ours to read. */
function detailsOf(metadata: Metadata | undefined): Details | undefined {
  const trailer = metadata?.get(detailsKey)[0];
  if (!Buffer.isBuffer(trailer)) return undefined;
  const details: Details = { reason: '', facts: [], violations: [] };
  try {
    eachField(trailer, (field, value) => {
      if (field === 3) readDetail(value, details);
    });
  } catch {
    return undefined; // A foreign or cut trailer says nothing; the status code still does.
  }
  return details.reason === '' ? undefined : details;
}

/** Reasons for statuses that grpc-js itself made, without details of ours. */
function ownReason(kind: FaultKind, code: status, service: string): string {
  if (kind === 'unavailable') return `${service}_unavailable`;
  if (kind === 'expired') return 'deadline_passed';
  if (kind === 'cancelled') return 'call_cancelled';
  return `${service}_answered_${(status[code] ?? 'unknown').toLowerCase()}`;
}

/**
 * A connection that broke under a call, though nobody answered so. grpc-js ends it as internal and
 * names the frame (https://grpc.github.io/grpc/core/md_doc_statuscodes.html has no status for it),
 * or as unavailable; the latter it retries itself, but not when the answer had begun to arrive, as
 * it has when a connection that is old enough is closed behind its last answer.
 */
export function hasBroken({ code, details = '' }: { code: status; details?: string }): boolean {
  if (code === status.UNAVAILABLE) return details === 'Connection dropped';
  return code === status.INTERNAL && /RST_STREAM|GOAWAY/.test(details);
}

/**
 * The fault behind a gRPC error: the same kind, reason, facts and violations that the other side
 * threw. `service` is the neighbour's short name, for errors that never reached it
 * (`cases_unavailable`).
 */
export function faultFromStatus(
  error: { code: status; metadata?: Metadata; details?: string },
  service: string,
): Fault {
  const kind = hasBroken(error) ? 'unavailable' : (kindByStatus.get(error.code) ?? 'internal');
  const details = detailsOf(error.metadata);
  if (details !== undefined) {
    const { reason, facts, violations } = details;
    return new Fault(kind, reason, Object.fromEntries(facts), { violations, cause: error });
  }
  return new Fault(kind, ownReason(kind, error.code, service), { service }, { cause: error });
}
