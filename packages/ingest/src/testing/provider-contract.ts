/*
 * What every provider of every ingest service promises, told once: whoever knows one provider knows them all.
 *
 * Runs over HTTP against the real server and a real nats-server, so a provider's test file is a `.nats.test.ts`.
 */
import { gzipSync } from 'node:zlib';
import type { Channel, ConnectableProvider, Delivery } from '@kith/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Egress, EgressFailed } from '../egress.ts';
import type { Provider } from '../provider.ts';
import { startTestIngest, type TestIngest } from './test-ingest.ts';

/** A provider with what it takes to speak as it does. */
export interface ProviderCase<Secrets> {
  name: ConnectableProvider;
  channel: Channel;
  provider: Provider;
  /** The app's compiled `read-body.js`, where bodies of this provider are read in threads. */
  threadFile?: URL;
  secrets: Secrets;
  /** Another account's. */
  otherSecrets: Secrets;
  contentType: string;
  wrongContentType: string;
  /** The headers by which the provider proves itself; empty bodies and garbage are signed like any other. */
  sign(
    body: Uint8Array,
    secrets: Secrets,
    nowMs: number,
    url: string,
  ): Record<string, string> | Promise<Record<string, string>>;
  /** Where the proof stands in the body itself: a body as a provider would post it. Then garbage proves nothing. */
  embed?(body: Uint8Array, secrets: Secrets, nowMs: number): Uint8Array;
  /** Whether a changed body no longer fits its signature; false where only credentials are sent. */
  signsBody: boolean;
  /** A body that holds one message. */
  message: Uint8Array;
  /** The same message with fields that the provider may add tomorrow. */
  messageWithUnknownFields: Uint8Array;
  /** A valid body about something else; null where every body is a message. */
  unknownEvent: Uint8Array | null;
}

const workspace = 'acme';
const accountId = 'support';

/** Declares the suite for one provider. */
export function describeProviderContract<Secrets>(given: ProviderCase<Secrets>): void {
  describe(`the provider ${given.name}`, () => {
    let ingest: TestIngest;
    beforeAll(async () => {
      ingest = await startTestIngest({
        channel: given.channel,
        providers: [given.provider],
        ...(given.threadFile === undefined ? {} : { threadFile: given.threadFile }),
      });
      const account = { workspace, provider: given.name };
      await ingest.connectAccount({ ...account, accountId, secrets: given.secrets });
      await ingest.connectAccount({ ...account, accountId: 'sales', secrets: given.otherSecrets });
    });
    afterAll(() => ingest[Symbol.asyncDispose]());

    const urlOf = (account = accountId): string => `${ingest.url}/webhooks/${given.name}/${account}`;
    const post = (
      body: Uint8Array,
      headers: Record<string, string>,
      account = accountId,
    ): Promise<Response> =>
      fetch(urlOf(account), {
        method: 'POST',
        headers: { 'content-type': given.contentType, ...headers },
        body: Buffer.from(body),
      });
    const signed = async (
      body: Uint8Array,
      secrets = given.secrets,
      account = accountId,
    ): Promise<Record<string, string>> => given.sign(body, secrets, Date.now(), urlOf(account));
    const whole = (body: Uint8Array, secrets = given.secrets): Uint8Array =>
      given.embed?.(body, secrets, Date.now()) ?? body;
    const postProved = async (body: Uint8Array): Promise<Response> => post(body, await signed(body));
    const postSigned = (body: Uint8Array): Promise<Response> => postProved(whole(body));
    const newest = async (): Promise<Delivery | undefined> => (await ingest.deliveries()).at(-1);

    test('a message answered 200 lies in the stream, and its raw body in the blob store', async () => {
      const message = whole(given.message);
      const response = await postProved(message);
      expect(response.status).toBe(200);
      const answer: unknown = await response.json();
      const delivery = await newest();
      expect(answer).toEqual({ deliveryId: delivery?.id });
      expect(delivery).toMatchObject({ workspace, accountId, provider: given.name, channel: given.channel });
      expect(delivery?.items).toMatchObject([{ kind: 'message' }]);
      const raw = await ingest.blobs.get(delivery?.raw.key ?? '');
      expect(Buffer.compare(raw, message)).toBe(0);
    });

    test('the same body again is a delivery of its own, with the same message', async () => {
      const message = whole(given.message);
      await postProved(message);
      await postProved(message);
      const [first, second] = (await ingest.deliveries()).slice(-2);
      expect(first?.id).not.toBe(second?.id);
      expect(first?.items).toEqual(second?.items);
    });

    test('a body that is read again holds what it held: its bytes say what it is', async () => {
      await postSigned(given.message);
      const delivery = await newest();
      if (delivery === undefined) throw new Error('nothing was read');
      expect(await ingest.replay(delivery)).toEqual({ further: [], delivery });
    });

    test('fields that the provider adds tomorrow are no obstacle', async () => {
      const response = await postSigned(given.messageWithUnknownFields);
      expect(response.status).toBe(200);
      expect((await newest())?.items).toMatchObject([{ kind: 'message' }]);
    });

    test('a request that does not prove itself is 401 and leaves no delivery', async () => {
      const before = (await ingest.deliveries()).length;
      const message = whole(given.message, given.otherSecrets);
      const others = await signed(message, given.otherSecrets, 'sales');
      expect((await post(given.message, {})).status).toBe(401);
      expect((await post(message, await signed(message, given.otherSecrets))).status).toBe(401);
      expect((await post(message, others, 'sales')).status).toBe(200);
      expect(await ingest.deliveries()).toHaveLength(before + 1);
    });

    test('no other byte fits anywhere in what proves it', async () => {
      const message = whole(given.message);
      const headers = await signed(message);
      const guard = given.provider.guard(given.secrets, { egress: closedEgress });
      const verdictOf = (changed: Record<string, string>) =>
        guard?.verify({
          headers: { 'content-type': given.contentType, ...changed },
          url: new URL(urlOf()).pathname,
          publicUrls: () => [urlOf()],
          body: message,
          now: Date.now(),
        });
      expect(await verdictOf(headers)).toBe('valid');
      for (const [name, value] of Object.entries(headers)) {
        for (let at = 0; at < value.length; at += 1) {
          const changed = `${value.slice(0, at)}${nextCharacter(value.charAt(at))}${value.slice(at + 1)}`;
          expect(await verdictOf({ ...headers, [name]: changed }), `${name}, byte ${at}`).toBe('invalid');
        }
      }
    });

    if (given.signsBody)
      test('a body that was changed or cut is 401', async () => {
        const message = whole(given.message);
        const headers = await signed(message);
        const changed = Buffer.concat([message, Buffer.from(' ')]);
        const cut = message.subarray(0, message.byteLength - 1);
        expect((await post(changed, headers)).status).toBe(401);
        expect((await post(cut, headers)).status).toBe(401);
      });

    test('a zipped body is read like any other', async () => {
      const message = whole(given.message);
      await postProved(message);
      const zipped = gzipSync(message);
      const headers = { ...(await signed(zipped)), 'content-encoding': 'gzip' };
      expect((await post(zipped, headers)).status).toBe(200);
      const [plain, unzipped] = (await ingest.deliveries()).slice(-2);
      expect(unzipped?.items).toEqual(plain?.items);
      expect(unzipped?.raw).toEqual(plain?.raw);
    });

    if (given.unknownEvent !== null)
      test('an event that is no message is 200 and ignored', async () => {
        const response = await postSigned(given.unknownEvent ?? new Uint8Array(0));
        expect(response.status).toBe(200);
        expect((await newest())?.items).toMatchObject([{ kind: 'ignored' }]);
      });

    test.each(garbage)('a signed body of %s is 200, kept and accounted for', async (_, body) => {
      const response = await postProved(body);
      if (given.embed !== undefined) return expect(response.status).toBe(401);
      expect(response.status).toBe(200);
      const delivery = await newest();
      expect(delivery?.items.length).toBeGreaterThanOrEqual(1);
      expect(delivery?.raw.size).toBe(body.byteLength);
    });

    test('an empty body and another content type are 400', async () => {
      const headers = { ...(await signed(given.message)), 'content-type': given.wrongContentType };
      expect((await postProved(new Uint8Array(0))).status).toBe(400);
      expect((await post(given.message, headers)).status).toBe(400);
      const zipped = { ...(await signed(given.message)), 'content-encoding': 'br' };
      expect((await post(given.message, zipped)).status).toBe(400);
    });

    test('an account that does not exist is 404', async () => {
      expect((await post(given.message, await signed(given.message), 'nobody')).status).toBe(404);
    });
  });
}

/** A verification that needs the network has to say so by failing. */
const closedEgress: Egress = {
  get: () => Promise.reject(new EgressFailed('no network in this test')),
  routeTo: () => {
    throw new EgressFailed('no network in this test');
  },
};

const nextCharacter = (character: string): string => String.fromCharCode(character.charCodeAt(0) + 1);

const garbage: [string, Uint8Array][] = [
  ['random bytes', Uint8Array.from({ length: 5_000 }, (_, i) => (i * 7919 + (i >> 3)) % 256)],
  ['NUL', new Uint8Array(100)],
  ['JSON null', Buffer.from('null')],
  ['a JSON list', Buffer.from('[1, 2, 3]')],
  ['half of a JSON object', Buffer.from('{"From": "ana@li')],
  ['words', Buffer.from('hello there\r\n\r\nno mail at all')],
  ['lone surrogates in JSON', Buffer.from(String.raw`{"Subject": "\ud800", "TextBody": "\u0000\udc00"}`)],
];
