import type { Contract } from '@recourse/kit/contract.ts';
import { fileRoles, uploadRoles } from './file-roles.ts';
import type { OpenApi, Operation } from './api-form.ts';
import { problemRefs } from './problem-schemas.ts';
import type { Schema } from './schemas.ts';

/**
 * What the gateway serves besides the contract's methods. A stream has no message, so these few
 * addresses are described by hand.
 */

const tag = 'Files and events';
const text: Schema = { type: 'string' };
const uuid: Schema = { type: 'string', format: 'uuid' };

function idParameter(name: string): Schema {
  return { name, in: 'path', required: true, schema: uuid };
}

function rolesWords(roles: readonly string[]): string {
  return `Roles: ${roles.map((role) => `\`${role}\``).join(', ')}.`;
}

function upload(roles: readonly string[]): Operation {
  const binary = { schema: { type: 'string', contentMediaType: 'application/octet-stream' } };
  const multipart = {
    schema: { type: 'object', properties: { file: { ...text, contentMediaType: '*/*' } } },
  };
  const stored: Schema = {
    type: 'object',
    required: ['uploadId', 'fileName', 'sizeBytes', 'sha256'],
    properties: { uploadId: uuid, fileName: text, sizeBytes: text, sha256: text },
  };
  const fileName = {
    name: 'X-File-Name',
    in: 'header',
    description: 'Name of a file sent as it is, percent-encoded UTF-8.',
    schema: text,
  };
  return {
    operationId: 'putUpload',
    tags: [tag],
    summary: 'Upload a file',
    description:
      'Stores a file under an id that the client makes, streamed. The same id with the same ' +
      `content may be sent again; other content is refused.\n\n${rolesWords(roles)}`,
    'x-roles': roles,
    parameters: [idParameter('upload_id'), fileName],
    requestBody: {
      required: true,
      content: { 'application/octet-stream': binary, 'multipart/form-data': multipart },
    },
    responses: {
      '200': { description: 'Stored.', content: { 'application/json': { schema: stored } } },
      ...problemRefs(false),
    },
  };
}

function download(roles: readonly string[]): Operation {
  return {
    operationId: 'getFile',
    tags: [tag],
    summary: 'Download a file',
    description: `A file of the caller's organisation, as an attachment.\n\n${rolesWords(roles)}`,
    'x-roles': roles,
    parameters: [idParameter('file_id')],
    responses: {
      '200': {
        description: 'The file.',
        content: { '*/*': { schema: { contentMediaType: 'application/octet-stream' } } },
      },
      ...problemRefs(true),
    },
  };
}

const live: Operation = {
  operationId: 'live',
  tags: [tag],
  summary: 'Follow changes',
  description:
    'Server-sent events for the caller’s organisation. Each is JSON ' +
    '`{noun, id, change, progress?}` and says what to read again. The stream ends when the ' +
    'token does.\n\nRoles: `*`.',
  'x-roles': ['*'],
  parameters: [],
  responses: {
    '200': {
      description: 'A stream that stays open.',
      content: { 'text/event-stream': { schema: text } },
    },
    ...problemRefs(true),
  },
};

export function ownPaths(contract: Contract): OpenApi['paths'] {
  return {
    '/v1/uploads/{upload_id}': { put: upload(uploadRoles(contract)) },
    '/v1/files/{file_id}': { get: download(fileRoles(contract)) },
    '/api/live': { get: live },
  };
}
