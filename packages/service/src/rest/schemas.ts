/*
 * The zod schemas of a router as JSON Schema (2020-12), from which parameters are read and the OpenAPI document is
 * made. A schema that has a name is written once, under its name, and referred to everywhere else.
 */
import * as z from 'zod';
import type { RestRoute } from './routes.ts';

/** A JSON Schema, as far as anybody looks into it here. */
export interface JsonSchema {
  $ref?: string;
  type?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  [keyword: string]: unknown;
}

/** Schemas by the names of their procedures, and those that have a name of their own. */
export interface ApiSchemas {
  inputs: Record<string, JsonSchema>;
  outputs: Record<string, JsonSchema>;
  components: Record<string, JsonSchema>;
}

const componentsRef = '#/components/schemas/';

/** Writes the schemas of all routes; `names` are exports of modules, of which the zod schemas count. */
export function writeSchemas(
  routes: readonly RestRoute[],
  names: Readonly<Record<string, unknown>>,
): ApiSchemas {
  const registry = z.registry<{ id: string }>();
  for (const [id, value] of Object.entries(names)) {
    if (value instanceof z.ZodType) registry.add(value, { id });
  }
  const inputs = writeAll(routes, registry, 'input');
  const outputs = writeAll(routes, registry, 'output');
  requirePathParameters(routes, inputs.schemas);
  return {
    // An input that may be left out altogether has the default {}, which says nothing over HTTP.
    inputs: Object.fromEntries(
      Object.entries(inputs.schemas).map(([name, schema]) => [name, without('default', schema)]),
    ),
    outputs: outputs.schemas,
    components: together(inputs.components, outputs.components),
  };
}

/** The schema itself, where one stands for another. */
export function resolveRef(schema: JsonSchema, components: ApiSchemas['components']): JsonSchema {
  const name = schema.$ref?.slice(componentsRef.length);
  return name === undefined ? schema : (components[name] ?? schema);
}

function writeAll(
  routes: readonly RestRoute[],
  registry: z.core.$ZodRegistry<{ id: string }>,
  io: 'input' | 'output',
): { schemas: Record<string, JsonSchema>; components: Record<string, JsonSchema> } {
  // As the properties of one object, because then all refer to the same definitions, also those that are named.
  const all = z.object(Object.fromEntries(routes.map((route) => [route.procedure, route[io]])));
  const written = z.toJSONSchema(all, { metadata: registry, io });
  const { properties = {}, $defs = {} } = JSON.parse(
    JSON.stringify(written).replaceAll('"#/$defs/', `"${componentsRef}`),
  ) as { properties?: Record<string, JsonSchema>; $defs?: Record<string, JsonSchema> };
  const components = Object.entries($defs).map(([name, schema]) => [name, without('id', schema)]);
  return { schemas: properties, components: Object.fromEntries(components) as Record<string, JsonSchema> };
}

function requirePathParameters(routes: readonly RestRoute[], inputs: Record<string, JsonSchema>): void {
  for (const { procedure, pathParameters } of routes) {
    const unknown = pathParameters.find((name) => inputs[procedure]?.properties?.[name] === undefined);
    if (unknown !== undefined) throw new Error(`${procedure} has no {${unknown}} in its input`);
  }
}

function without(keyword: string, schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== keyword));
}

function together(
  inputs: Record<string, JsonSchema>,
  outputs: Record<string, JsonSchema>,
): Record<string, JsonSchema> {
  for (const [name, schema] of Object.entries(inputs)) {
    const other = outputs[name];
    if (other === undefined || JSON.stringify(other) === JSON.stringify(schema)) continue;
    throw new Error(`the schema ${name} differs as input and as output: give one of the two another name`);
  }
  const all = Object.entries({ ...inputs, ...outputs });
  return Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
