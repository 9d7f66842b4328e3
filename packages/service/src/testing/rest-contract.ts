/*
 * A REST API held against the OpenAPI document that it serves. Requests are made from the document alone, as a
 * generated client would make them, and what comes back must be what the document says: the status, the content type,
 * and the body by its schema, which refuses unknown fields.
 */
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { OpenApiDocument, OpenApiOperation } from '../rest/openapi.ts';
import type { JsonSchema } from '../rest/schemas.ts';

/** A call: the parts of its input by their names, wherever the document has them stand. */
export interface RestCall {
  apiKey: string | null;
  input?: Readonly<Record<string, unknown>>;
  /** Sent as it is, instead of what the document says. */
  body?: string;
  headers?: Readonly<Record<string, string>>;
}

/** What came back. `body` is the parsed JSON; of a stream the `response` is still to be read. */
export interface RestAnswer {
  status: number;
  body: unknown;
  response: Response;
}

export interface RestContract {
  document: OpenApiDocument;
  /** Calls an operation by the name of its procedure; rejects where the answer is not as documented. */
  call(procedure: string, call: RestCall): Promise<RestAnswer>;
  /** The operations that have not answered 200 yet. */
  uncalled(): string[];
}

interface Place {
  path: string;
  method: string;
  operation: OpenApiOperation;
}

/** Reads the document of a service, and rejects unless it is OpenAPI 3.1. */
export async function openRestContract(url: string): Promise<RestContract> {
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as OpenApiDocument;
  const { valid, errors } = await new Validator().validate({ ...structuredClone(document) });
  if (!valid) throw new Error(`the document is not OpenAPI: ${JSON.stringify(errors)}`);
  const places = placesOf(document);
  const problemsOf = createChecker(document);
  const uncalled = new Set(places.keys());
  return {
    document,
    uncalled: () => [...uncalled],
    call: async (procedure, asked) => {
      const place = places.get(procedure);
      if (place === undefined) throw new Error(`no operation ${procedure}`);
      const response = await fetch(...requestOf(url, place, asked));
      const isStream = response.headers.get('content-type') === 'text/event-stream';
      const body: unknown = isStream ? undefined : await response.json();
      const problems = problemsOf(place, response, body);
      if (problems.length > 0)
        throw new Error(`${procedure} answered ${response.status}: ${problems.join('; ')}`);
      if (response.ok) uncalled.delete(procedure);
      return { status: response.status, body, response };
    },
  };
}

function placesOf({ paths }: OpenApiDocument): Map<string, Place> {
  const places = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  return new Map(places.map((place) => [place.operation.operationId, place]));
}

function requestOf(url: string, { path, method, operation }: Place, call: RestCall): [URL, RequestInit] {
  const left = { ...call.input };
  const target = new URL(url);
  target.pathname = path;
  for (const { name, in: place } of operation.parameters) {
    const value = left[name];
    if (value === undefined) continue;
    delete left[name];
    if (place === 'path')
      target.pathname = target.pathname.replace(`%7B${name}%7D`, encodeURIComponent(textOf(value)));
    else for (const one of [value].flat()) target.searchParams.append(name, textOf(one));
  }
  const body = call.body ?? (operation.requestBody === undefined ? undefined : JSON.stringify(left));
  const key = call.apiKey === null ? {} : { authorization: `Bearer ${call.apiKey}` };
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  return [
    target,
    { method: method.toUpperCase(), body: body ?? null, headers: { ...key, ...type, ...call.headers } },
  ];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Tells how an answer differs from what the document says. */
function createChecker(document: OpenApiDocument) {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ ...document, $id: 'kith' });
  return ({ path, method, operation }: Place, response: Response, body: unknown): string[] => {
    const { status } = response;
    const documented: Documented | undefined = operation.responses[status];
    if (documented === undefined) return ['a status that is not documented'];
    const name = documented.$ref?.split('/').at(-1);
    const shared: Record<string, Documented> = document.components['responses'] ?? {};
    const { content = {} } = (name === undefined ? documented : shared[name]) ?? {};
    const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
    if (content[type] === undefined) return [`"${type}", which is not documented`];
    if (body === undefined) return [];
    const place =
      name === undefined ? ['paths', path, method, 'responses', status] : ['components', 'responses', name];
    const check = ajv.compile({ $ref: `kith#${pointerTo([...place, 'content', type, 'schema'])}` });
    return check(body)
      ? []
      : (check.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
  };
}

interface Documented {
  $ref?: string;
  content?: Record<string, { schema: JsonSchema }>;
}

function pointerTo(parts: readonly (string | number)[]): string {
  const escaped = parts.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1'));
  return escaped.map((part) => `/${encodeURIComponent(part)}`).join('');
}
