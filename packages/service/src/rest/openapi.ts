/*
 * The OpenAPI 3.1 document of an API, made of what its procedures are made of: nothing in it is written a second
 * time, so that it cannot promise what is not served.
 */
import { errorCodes, type ErrorCode } from '@kith/contracts';
import type { AnyRouter } from '@trpc/server';
import * as z from 'zod';
import { ApiError, retryAfterSeconds } from './answer.ts';
import { hasBody } from './read-input.ts';
import { type RestRoute, restRoutes } from './routes.ts';
import { type ApiSchemas, type JsonSchema, writeSchemas } from './schemas.ts';

/** What a document says that the procedures do not. */
export interface ApiDescription {
  title: string;
  description: string;
  /** Exports of modules: the zod schemas among them are written under these names. */
  shapes: Readonly<Record<string, unknown>>;
}

/** One method of one path. */
export interface OpenApiOperation {
  operationId: string;
  summary: string;
  tags: string[];
  parameters: { name: string; in: string; required: boolean; schema: JsonSchema; description?: string }[];
  requestBody?: { required: boolean; content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, object>;
}

/** An OpenAPI document, as far as it is made here. */
export interface OpenApiDocument {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  servers: { url: string; description: string }[];
  security: Record<string, string[]>[];
  tags: { name: string }[];
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: Record<string, Record<string, object>>;
}

/** The document of a router. */
export function createOpenApi(router: AnyRouter, about: ApiDescription): OpenApiDocument {
  const routes = restRoutes(router);
  return writeOpenApi(about, routes, writeSchemas(routes, about.shapes));
}

/** The document of routes whose schemas are written already. */
export function writeOpenApi(
  { title, description }: ApiDescription,
  routes: readonly RestRoute[],
  schemas: ApiSchemas,
): OpenApiDocument {
  const placeOf = ({ path, method }: RestRoute) => `${path} ${method}`;
  const ordered = routes.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const paths: OpenApiDocument['paths'] = {};
  for (const route of ordered) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: { title, version: '1', description },
    servers: [{ url: '/', description: 'the service that serves this document under /openapi.json' }],
    security: [{ apiKey: [] }],
    tags: [...new Set(ordered.map(tagOf))].toSorted().map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of a workspace.' },
      },
      responses: commonResponses,
      schemas: { ...schemas.components, Error: errorSchema },
    },
  };
}

const { $schema: _, ...errorSchema } = z.toJSONSchema(ApiError);

const tagOf = ({ procedure }: RestRoute): string => procedure.split('.')[0] ?? procedure;

function operationOf(route: RestRoute, schemas: ApiSchemas): OpenApiOperation {
  const input = schemas.inputs[route.procedure] ?? {};
  const body = hasBody(route) ? bodyOf(withoutPath(input, route)) : undefined;
  return {
    operationId: route.procedure,
    summary: route.meta.summary,
    tags: [tagOf(route)],
    parameters: [...parametersOf(route, input), ...(route.type === 'subscription' ? [lastEventId] : [])],
    ...(body === undefined ? {} : { requestBody: body }),
    responses: responsesOf(route, schemas.outputs[route.procedure] ?? {}, body !== undefined),
  };
}

const lastEventId = {
  name: 'Last-Event-ID',
  in: 'header',
  required: false,
  schema: { type: 'string' },
  description: 'Goes on after the event with this id, as EventSource asks by itself when it connects again.',
};

function parametersOf(route: RestRoute, input: JsonSchema): OpenApiOperation['parameters'] {
  const { properties = {}, required = [] } = input;
  return Object.entries(properties).flatMap(([name, schema]) => {
    if (route.pathParameters.includes(name)) return [{ name, in: 'path', required: true, schema }];
    if (hasBody(route)) return [];
    return [{ name, in: 'query', required: required.includes(name), schema }];
  });
}

function withoutPath(input: JsonSchema, { pathParameters }: RestRoute): JsonSchema {
  const { properties = {}, required = [], ...others } = input;
  const inBody = Object.entries(properties).filter(([name]) => !pathParameters.includes(name));
  const requiredInBody = required.filter((name) => !pathParameters.includes(name));
  return {
    ...others,
    properties: Object.fromEntries(inBody),
    ...(requiredInBody.length === 0 ? {} : { required: requiredInBody }),
  };
}

function bodyOf(schema: JsonSchema): OpenApiOperation['requestBody'] | undefined {
  if (Object.keys(schema.properties ?? {}).length === 0) return undefined;
  return { required: schema.required !== undefined, content: { 'application/json': { schema } } };
}

function responsesOf(
  route: RestRoute,
  output: JsonSchema,
  takesBody: boolean,
): OpenApiOperation['responses'] {
  const common = { 400: 'BadInput', 401: 'Unauthorized', 500: 'Internal', 503: 'Unavailable' };
  const ofBody = takesBody ? { 413: 'TooLarge', 415: 'NotJson' } : {};
  const refs = Object.entries({ ...common, ...ofBody }).map(([status, name]) => [
    status,
    { $ref: `#/components/responses/${name}` },
  ]);
  return { 200: successOf(route, output), ...errorsOf(route.meta.errors ?? []), ...Object.fromEntries(refs) };
}

function successOf(route: RestRoute, schema: JsonSchema): object {
  if (route.type !== 'subscription') {
    return { description: 'What was asked for.', content: { 'application/json': { schema } } };
  }
  // OpenAPI 3.1 has no words for a stream of events; the schema of their data stands beside it.
  return {
    description:
      'Server-Sent Events, each with an id and `data` in JSON of the schema x-event-data; comments between.',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
    'x-event-data': schema,
  };
}

/** Errors that only some procedures have, by their status, each code with its meaning. */
function errorsOf(codes: readonly ErrorCode[]): OpenApiOperation['responses'] {
  const statuses = new Set(codes.map((code) => errorCodes[code].status));
  return Object.fromEntries(
    [...statuses].map((status) => [
      status,
      errorResponse(codes.filter((code) => errorCodes[code].status === status)),
    ]),
  );
}

function errorResponse(codes: readonly ErrorCode[], headers?: object): object {
  return {
    description: codes.map((code) => `\`${code}\`: ${errorCodes[code].means}`).join('\n\n'),
    ...(headers === undefined ? {} : { headers }),
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  };
}

const commonResponses = {
  BadInput: errorResponse(['bad_input']),
  Unauthorized: errorResponse(['unauthorized']),
  TooLarge: errorResponse(['too_large']),
  NotJson: errorResponse(['not_json']),
  Internal: errorResponse(['internal']),
  Unavailable: errorResponse(['unavailable'], {
    'Retry-After': {
      description: `Seconds after which to try again: ${retryAfterSeconds}.`,
      schema: { type: 'integer' },
    },
  }),
};
