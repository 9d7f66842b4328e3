/*
 * What callers can and cannot write. The compiler runs these tests (`typecheck`); each wrong call is marked
 * `@ts-expect-error`, which fails where the call would compile.
 */
import { describe, expectTypeOf, test } from 'vitest';
import {
  type Accounting,
  type Activity,
  type Channel,
  type Conversation,
  createKithClient,
  type ErrorCode,
  type Explanation,
  kithError,
  type Message,
  type MessageHit,
  type Participant,
  type ReadInputs,
  type ReadOutputs,
  type Record as KithRecord,
  type ReviewItem,
  type WriteInputs,
} from './index.ts';

const kith = createKithClient({ queryUrl: 'http://q', resolverUrl: 'http://r', apiKey: 'kith_x' });

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** The same fields of the same types, but for `undefined`, which cannot travel in JSON. */
type Same<A, B> =
  Required<A> extends Required<B>
    ? keyof A extends keyof B
      ? keyof B extends keyof A
        ? true
        : false
      : false
    : false;

describe('the typed client', () => {
  test('gives each read the shape of the contracts', () => {
    type Read = ReadOutputs;
    expectTypeOf<Same<Read['records']['get'], KithRecord>>().toEqualTypeOf<true>();
    expectTypeOf<Same<Read['records']['conversations'], Page<Conversation>>>().toEqualTypeOf<true>();
    expectTypeOf<Same<Read['records']['timeline'], Page<Message>>>().toEqualTypeOf<true>();
    expectTypeOf<Same<Read['records']['participants'], Page<Participant>>>().toEqualTypeOf<true>();
    expectTypeOf<Same<Read['messages']['search'], Page<MessageHit>>>().toEqualTypeOf<true>();
    expectTypeOf<Same<Read['conversations']['get'], Conversation>>().toEqualTypeOf<true>();
    expectTypeOf<Same<Read['participants']['explain'], Explanation>>().toEqualTypeOf<true>();
    expectTypeOf<Same<Read['participants']['search'], Page<Participant>>>().toEqualTypeOf<true>();
    expectTypeOf<Same<Read['review']['list'], Page<ReviewItem>>>().toEqualTypeOf<true>();
    expectTypeOf<Read['deliveries']['accounting']>().toEqualTypeOf<Accounting>();
    expectTypeOf(kith.read.records.get.query).returns.resolves.toEqualTypeOf<Read['records']['get']>();
  });

  test('takes exactly the inputs of each procedure', () => {
    expectTypeOf<ReadInputs['records']['timeline']>().toEqualTypeOf<{
      recordId: string;
      channels?: Channel[] | undefined;
      participantIds?: string[] | undefined;
      before?: string | undefined;
      after?: string | undefined;
      order?: 'newest' | 'oldest' | undefined;
      cursor?: string | undefined;
      limit?: number | undefined;
    }>();
    expectTypeOf<WriteInputs['records']['upsert']['recordId']>().toEqualTypeOf<string>();
  });

  test('gives a subscription its events with their ids', () => {
    type Subscription = ReadOutputs['records']['onActivity'];
    type Event = Subscription extends AsyncIterable<infer Item> ? Item : never;
    expectTypeOf<Event['id']>().toEqualTypeOf<string>();
    expectTypeOf<Same<Event['data'], Activity>>().toEqualTypeOf<true>();
  });

  test('types what is known of an error', () => {
    expectTypeOf(kithError).returns.toEqualTypeOf<{
      code: ErrorCode;
      field: string | null;
      message: string;
      issues: { field: string; message: string }[];
    } | null>();
  });

  test('does not compile what is wrong', () => {
    // Compiled and never called: the types are the test.
    const wrong = [
      // @ts-expect-error a record is addressed by a string
      () => kith.read.records.get.query({ recordId: 93 }),
      // @ts-expect-error the field is missing
      () => kith.read.records.get.query({}),
      // @ts-expect-error no such field
      () => kith.read.records.get.query({ recordId: '93', recordid: '93' }),
      // @ts-expect-error no such channel
      () => kith.read.records.timeline.query({ recordId: '93', channels: ['fax'] }),
      // @ts-expect-error contested is no status
      () => kith.read.participants.search.query({ status: 'contested' }),
      // @ts-expect-error a read is not a write
      () => kith.read.records.get.mutate({ recordId: '93' }),
      // @ts-expect-error no such procedure
      () => kith.read.records.remove.mutate({ recordId: '93' }),
      // @ts-expect-error a record belongs to a pipeline
      () => kith.write.records.upsert.mutate({ recordId: '93', fields: {} }),
      // @ts-expect-error the key is missing
      () => createKithClient({ queryUrl: 'http://q', resolverUrl: 'http://r' }),
    ];
    expectTypeOf(wrong).toBeArray();
  });
});
