/*
 * The procedures of a router as REST sees them: each says in its meta where it is served, `GET /records/{recordId}`,
 * and a name in braces is the part of its input that stands in the path.
 */
import type { AnyRouter } from '@trpc/server';
import type * as z from 'zod';
import type { ApiMeta } from '../trpc.ts';

/** Every path stands below it, here and in the document. */
export const restBase = '/v1';

export type RestMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** A procedure and where it is served. */
export interface RestRoute {
  /** `records.get` */
  procedure: string;
  type: 'query' | 'mutation' | 'subscription';
  method: RestMethod;
  /** With its base: `/v1/records/{recordId}`. */
  path: string;
  /** What stands in the path, in its order. */
  pathParameters: readonly string[];
  meta: ApiMeta;
  input: z.ZodType;
  /** Of a subscription what each event carries. */
  output: z.ZodType;
}

/** How tRPC keeps what a procedure was built from. */
interface ProcedureDefinition {
  type: RestRoute['type'];
  meta?: ApiMeta;
  inputs: readonly z.ZodType[];
  output?: z.ZodType;
}

/** The names of all procedures, with what they were built from. */
export function proceduresOf(router: AnyRouter): [name: string, definition: ProcedureDefinition][] {
  // oxlint-disable-next-line no-underscore-dangle -- tRPC lists the procedures of a router nowhere else
  const procedures = router._def.procedures as unknown as Record<string, { _def: ProcedureDefinition }>;
  // oxlint-disable-next-line no-underscore-dangle -- nor what they were built from
  return Object.entries(procedures).map(([name, procedure]) => [name, procedure._def]);
}

/** Every route, those with fewer names in their path first. Throws at a procedure that cannot be served. */
export function restRoutes(router: AnyRouter): RestRoute[] {
  const routes = proceduresOf(router).map(([name, definition]) => routeOf(name, definition));
  requireDistinct(routes);
  return routes.toSorted((a, b) => a.pathParameters.length - b.pathParameters.length);
}

function requireDistinct(routes: readonly RestRoute[]): void {
  const taken = new Map<string, string>();
  for (const { procedure, method, path } of routes) {
    const place = `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`;
    const other = taken.get(place);
    if (other !== undefined) throw new Error(`${procedure} and ${other} are both served under ${place}`);
    taken.set(place, procedure);
  }
}

function routeOf(procedure: string, { type, meta, inputs, output }: ProcedureDefinition): RestRoute {
  const [input, ...others] = inputs;
  const answer = meta?.event ?? output;
  if (meta === undefined) throw new Error(`${procedure} says in no .meta({ rest, … }) where REST serves it`);
  if (input === undefined || others.length > 0) throw new Error(`${procedure} needs exactly one .input()`);
  if (answer === undefined) throw new Error(`${procedure} needs an .output(), or meta.event if it streams`);
  const [method, path] = meta.rest.split(' ') as [RestMethod, string];
  const pathParameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return { procedure, type, method, path: restBase + path, pathParameters, meta, input, output: answer };
}

/** The route of a request with what stands in its path, or the methods that the path has: none if it is unknown. */
export type FoundRoute =
  | { route: RestRoute; values: Record<string, string> }
  | { route: null; allowed: RestMethod[] };

/** Finds routes by their method and the path of a URL. */
export function createRouteFinder(
  routes: readonly RestRoute[],
): (method: string, path: string) => FoundRoute {
  const patterns = routes.map((route) => ({
    route,
    pattern: new RegExp(`^${route.path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
  }));
  return (method, path) => {
    const matches = patterns.flatMap(({ route, pattern }) => {
      const match = pattern.exec(path);
      return match === null ? [] : [{ route, values: decoded(match.groups ?? {}) }];
    });
    const found = matches.find(({ route }) => route.method === method);
    return found ?? { route: null, allowed: [...new Set(matches.map(({ route }) => route.method))] };
  };
}

function decoded(groups: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, decode(text)]));
}

/** What is no percent-encoding is taken as it stands: an id may be anything. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
