/*
 * Events held against the AsyncAPI document: the subject they come on, and the payload by its schema, in which here
 * no field of the data may be unknown, because a field that nobody documented is a mistake.
 */
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { type AsyncApiDocument, createAsyncApi } from '../async-api.ts';

export interface EventContract {
  /** How an event differs from what the document says: empty where it does not. */
  problemsOf(subject: string, payload: unknown): string[];
}

/** Reads the document as it is published. */
export function openEventContract(): EventContract {
  const document = withClosedData(createAsyncApi());
  const ajv = new Ajv({ allErrors: true, strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ ...document, $id: 'kith' });
  const channels = Object.entries(document.channels).map(([name, { address }]) => ({
    pattern: new RegExp(`^${address.replaceAll('.', String.raw`\.`).replace('{workspace}', '[^.]+')}$`),
    // Compiled when it is first met, and once: a stream has thousands of events.
    check: once(() => ajv.compile({ $ref: `kith#/components/messages/${name.replace('_', '.')}/payload` })),
  }));
  return {
    problemsOf: (subject, payload) => {
      const check = channels.find(({ pattern }) => pattern.test(subject))?.check();
      if (check === undefined) return [`${subject} is no channel`];
      if (check(payload)) return [];
      return (check.errors ?? []).map(
        ({ instancePath, message }) => `${subject}${instancePath} ${message ?? ''}`,
      );
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function withClosedData(document: AsyncApiDocument): AsyncApiDocument {
  for (const { payload } of Object.values(document.components.messages)) {
    const { data } = payload['properties'] as { data: Record<string, unknown> };
    data['additionalProperties'] = false;
  }
  return document;
}
