import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fixturesOf } from '../../test/bodies.ts';
import { findShared, sharedJson } from '../../test/shared-files.ts';
import { twilioSignature } from '../../test/twilio.ts';
import { verifyTwilio } from './verify.ts';

const token = 'an auth token';
const url = 'https://ingest.acme.example/webhooks/twilio/support?tenant=acme';
const form = fixturesOf('twilio').get('button') ?? Buffer.alloc(0);
const formType = 'application/x-www-form-urlencoded; charset=UTF-8';

interface Given {
  signature?: string;
  body?: Uint8Array | string;
  urls?: string[];
  type?: string;
  token?: string;
}

const verify = ({ signature, body = form, urls = [url], type = formType, token: given = token }: Given) =>
  verifyTwilio(
    {
      headers: {
        'content-type': type,
        ...(signature === undefined ? {} : { 'x-twilio-signature': signature }),
      },
      url: urls[0] ?? '/',
      publicUrls: () => urls,
      body: Buffer.from(body),
      now: 0,
    },
    given,
  );

const signed = (body: Uint8Array | string = form, at = url): string => twilioSignature(token, at, body);

describe('the signature of Twilio', () => {
  test('is over the URL and every parameter', async () => {
    expect(await verify({ signature: signed() })).toBe('valid');
  });

  test('fits with none of its characters changed, and in no other writing', async () => {
    const signature = signed();
    const changed = Array.from(signature).flatMap((_, at) => {
      const [before, after] = [signature.slice(0, at), signature.slice(at + 1)];
      return ['A', 'b', '+', '='].map((other) => before + other + after).concat(before + after);
    });
    for (const given of [...changed, `${signature}=`, `${signature}\n`, ` ${signature}`]) {
      if (given !== signature) expect(await verify({ signature: given }), given).toBe('invalid');
    }
  });

  test('fits no form of which one value, one name or one character differs', async () => {
    const parameters = [...new URLSearchParams(form.toString())];
    const changes = parameters.flatMap(([name, value], at) => [
      parameters.with(at, [name, `${value}x`]),
      parameters.with(at, [`${name}x`, value]),
      parameters.toSpliced(at, 1),
      ...Array.from(value, (_, cut) =>
        parameters.with(at, [name, `${value.slice(0, cut)}~${value.slice(cut + 1)}`]),
      ),
    ]);
    for (const changed of changes) {
      const body = new URLSearchParams(changed).toString();
      // A parameter without a value is its name alone, so that leaving out an empty one still shows.
      expect(await verify({ signature: signed(), body }), body).toBe('invalid');
    }
    expect(await verify({ signature: signed(), body: `${form.toString()}&ExternalUserId=US.1` })).toBe(
      'invalid',
    );
  });

  test('counts each value of a repeated parameter once, in order', async () => {
    const signature = signed('B=2&A=b&A=a');
    for (const body of ['A=a&A=b&B=2', 'A=b&A=a&A=b&B=2'])
      expect(await verify({ signature, body })).toBe('valid');
    expect(await verify({ signature, body: 'A=b&B=2' })).toBe('invalid');
  });

  test('fits any URL under which the service may be known, with and without its port', async () => {
    const withPort = url.replace('.example/', '.example:443/');
    expect(await verify({ signature: signed(form, withPort) })).toBe('valid');
    expect(await verify({ signature: signed(), urls: [withPort] })).toBe('valid');
    expect(await verify({ signature: signed(), urls: ['http://10.0.0.1/x', url] })).toBe('valid');
    const otherPort = url.replace('.example/', '.example:8443/');
    for (const at of [url, otherPort]) {
      expect(await verify({ signature: signed(form, at), urls: [otherPort] })).toBe('valid');
    }
    expect(await verify({ signature: signed(form, otherPort) })).toBe('invalid');
    const plain = 'http://ingest.acme.example:80/webhooks/twilio/support';
    expect(await verify({ signature: signed(form, plain), urls: [plain.replace(':80', '')] })).toBe('valid');
  });

  test('fits another writing of the query, but no other query', async () => {
    const written = 'https://ingest.acme.example/webhooks/twilio/support?name=Ana%27s+%28x%29';
    const legacy = "https://ingest.acme.example/webhooks/twilio/support?name=Ana's%20(x)";
    expect(await verify({ signature: signed(form, legacy), urls: [written] })).toBe('valid');
    expect(await verify({ signature: signed(), urls: [url.replace('acme', 'acne')] })).toBe('invalid');
    expect(await verify({ signature: signed(), urls: [`${url}&x=1`] })).toBe('invalid');
    expect(await verify({ signature: signed(), urls: [url.replace('https', 'http')] })).toBe('invalid');
  });

  test.each([
    ['missing', undefined],
    ['empty', ''],
    ["another account's", twilioSignature('another', url, form)],
  ])('that is %s is refused', async (_, signature) => {
    expect(await verify(signature === undefined ? {} : { signature })).toBe('invalid');
  });

  test('is not looked for in a form that no message fills', async () => {
    const body = `Body=${'x'.repeat(1_000_000)}`;
    expect(await verify({ signature: signed(body), body })).toBe('invalid');
  });
});

describe('the signature over JSON', () => {
  const body = '{"MessageSid":"SM1"}';
  const type = 'application/json';
  const hash = createHash('sha256').update(body).digest('hex');
  const hashed = `${url}&bodySHA256=${hash}`;

  test('is over the URL, which holds the hash of the body', async () => {
    expect(await verify({ signature: signed('', hashed), urls: [hashed], body, type })).toBe('valid');
  });

  test('fits no other body, and no URL without the hash', async () => {
    const signature = signed('', hashed);
    expect(await verify({ signature, urls: [hashed], body: `${body} `, type })).toBe('invalid');
    expect(await verify({ signature: signed(''), body, type })).toBe('invalid');
    const upper = `${url}&bodySHA256=${hash.toUpperCase()}`;
    expect(await verify({ signature: signed('', upper), urls: [upper], body, type })).toBe('invalid');
  });
});

interface Vector {
  name: string;
  auth_token: string;
  url: string;
  params: Record<string, string>;
  form?: string;
  raw_body?: string;
  signature: string;
  valid: boolean;
}

const found = findShared('corpora/vectors/twilio-x-twilio-signature.json');
const { vectors } = sharedJson<{ vectors: Vector[] }>(found, { vectors: [] });

describe.runIf(found.isPresent)('the signature vectors', () => {
  test.each(vectors)('$name', async (vector) => {
    const body = vector.raw_body ?? vector.form ?? new URLSearchParams(vector.params).toString();
    const type = vector.raw_body === undefined ? formType : 'application/json';
    const { signature, auth_token, url: at } = vector;
    expect(await verify({ signature, body, type, urls: [at], token: auth_token })).toBe(
      vector.valid ? 'valid' : 'invalid',
    );
  });
});
