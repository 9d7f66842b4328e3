/*
 * What a REST request asks, as the input of its procedure: the names in the path, and besides the query string of a
 * GET or DELETE, or the JSON body of a POST or PUT. Texts of a URL become what the schema has in their place; what
 * does not fit stays as it is, for the procedure to refuse in its own words.
 */
import { KithError } from '@kith/contracts';
import type { RestRoute } from './routes.ts';
import { type ApiSchemas, type JsonSchema, resolveRef } from './schemas.ts';

type Input = Record<string, unknown>;

/** Reads the input of a request. `values` are what stands in its path. */
export async function readInput(
  req: Request,
  { route, values }: { route: RestRoute; values: Record<string, string> },
  schemas: ApiSchemas,
): Promise<Input> {
  const inPath = Object.entries(values).map(([name, text]): [string, string[]] => [name, [text]]);
  const path = readTexts(inPath, route, schemas);
  const { searchParams } = new URL(req.url);
  const query = [...new Set(searchParams.keys())].map((name): [string, string[]] => [
    name,
    searchParams.getAll(name),
  ]);
  const rest = hasBody(route) ? await readBody(req, query) : readTexts(query, route, schemas);
  for (const name of Object.keys(path)) {
    if (Object.hasOwn(rest, name)) throw badInput(name, 'stands in the path already');
  }
  return { ...rest, ...path, ...resumption(req, route, schemas) };
}

/** Whether a route takes its input from a body. */
export const hasBody = ({ method }: Pick<RestRoute, 'method'>): boolean =>
  method === 'POST' || method === 'PUT';

/** A subscription goes on after the event that the header names, also where the URL still has an older one. */
function resumption(req: Request, route: RestRoute, { inputs }: ApiSchemas): Input {
  const lastEventId = req.headers.get('last-event-id');
  if (lastEventId === null || inputs[route.procedure]?.properties?.['lastEventId'] === undefined) return {};
  return { lastEventId };
}

async function readBody(req: Request, query: readonly [string, string[]][]): Promise<Input> {
  const [first] = query;
  if (first !== undefined) throw badInput(first[0], 'belongs in the body, not in the query string');
  const text = await req.text();
  if (text === '') return {};
  const [type = ''] = (req.headers.get('content-type') ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/json') {
    throw new KithError('not_json', 'send the body as "Content-Type: application/json"');
  }
  const body = parseJson(text);
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Input;
  throw badInput('body', 'is not an object');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badInput('body', 'is not JSON');
  }
}

function readTexts(given: readonly [string, string[]][], route: RestRoute, schemas: ApiSchemas): Input {
  const { properties = {} } = schemas.inputs[route.procedure] ?? {};
  const read = given.map(([name, texts]) => {
    const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return [name, schema === undefined ? texts[0] : valueOf(texts, schema, schemas.components)];
  });
  return Object.fromEntries(read) as Input;
}

function valueOf(
  texts: readonly string[],
  schema: JsonSchema,
  components: ApiSchemas['components'],
): unknown {
  const { type, items = {} } = resolveRef(schema, components);
  if (type === 'array') return texts.map((text) => valueOf([text], items, components));
  const [text = ''] = texts;
  if (texts.length > 1) return texts;
  if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function badInput(field: string, problem: string): KithError {
  return new KithError('bad_input', `${field}: ${problem}`, { field });
}
