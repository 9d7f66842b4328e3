import { createRequire } from 'node:module';
import { eventTypes } from '@kith/contracts';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { createAsyncApi } from './async-api.ts';
import { openEventContract } from './testing.ts';

const specification = createRequire(import.meta.url)(
  '@asyncapi/specs/schemas/3.0.0-without-$id.json',
) as object;

test('the document is AsyncAPI 3.0, and every reference in it leads somewhere', () => {
  const document = createAsyncApi();
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  const check = ajv.compile(specification);
  expect([check(document), check.errors]).toEqual([true, null]);
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path);
  const lost = refs.filter((path) => resolve(document, path.split('/')) === undefined);
  expect([refs.length > eventTypes.length, lost]).toEqual([true, []]);
  expect(Object.keys(document.channels)).toHaveLength(eventTypes.length);
});

test('an event on another subject, of another type, or with a field too many or too few is not as documented', () => {
  const events = openEventContract();
  const problemsOf = (on: string, payload: unknown) => events.problemsOf(on, payload);
  const event = {
    specversion: '1.0',
    id: 'e1',
    source: 'kith/resolver',
    type: 'participant.unlinked',
    time: '2026-11-22T12:00:00.000Z',
    datacontenttype: 'application/json',
    workspace: 'acme',
    schemaversion: '1',
    data: { participantId: 'p1', recordId: '93' },
  };
  const subject = 'kith.events.acme.participant.unlinked';
  expect(problemsOf(subject, event)).toEqual([]);
  expect(problemsOf(subject, { ...event, later: 'an attribute that was added' })).toEqual([]);
  expect(problemsOf('kith.events.acme.participant.linked', event)).not.toEqual([]);
  expect(problemsOf('kith.events.acme.participant.gone', event)).not.toEqual([]);
  expect(problemsOf(subject, { ...event, data: { participantId: 'p1' } })).not.toEqual([]);
  expect(problemsOf(subject, { ...event, data: { ...event.data, name: 'Ana' } })).not.toEqual([]);
});

function resolve(value: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path;
  return name === undefined ? value : resolve((value as Record<string, unknown> | undefined)?.[name], rest);
}
