import type { Schema } from './schemas.ts';

/** An OpenAPI 3.1 document as plain JSON. */
export type OpenApi = {
  openapi: '3.1.1';
  info: Schema;
  servers: Schema[];
  tags: { name: string; description: string }[];
  security: Schema[];
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Schema>;
};

export type Operation = {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  'x-roles': readonly string[];
  parameters: Schema[];
  requestBody?: Schema;
  responses: Record<string, Schema>;
};
