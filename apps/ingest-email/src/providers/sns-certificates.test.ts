import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EgressFailed } from '@kith/ingest/egress';
import { IngestUnavailable } from '@kith/ingest/provider';
import { describe, expect, test } from 'vitest';
import { networkOf } from '../../test/network.ts';
import { certificatePem, certificatesDir } from '../../test/sns.ts';
import { createCertificateSource } from './sns-certificates.ts';

const at = (name: string) => new URL(`https://sns.eu-west-1.amazonaws.com/${name}`);
const url = at('certificate.pem');

describe('a certificate of SNS', () => {
  test('comes from the folder, without a connection', async () => {
    const network = networkOf({});
    const key = await createCertificateSource({ directory: certificatesDir }).keyAt(url, network);
    expect(key?.asymmetricKeyType).toBe('rsa');
    expect(network.asked).toEqual([]);
  });

  test('is fetched when the folder has none of its name, once however many ask, and kept', async () => {
    const network = networkOf({ [at('new.pem').href]: certificatePem });
    const source = createCertificateSource({ directory: certificatesDir });
    const keys = await Promise.all([1, 2, 3].map(() => source.keyAt(at('new.pem'), network)));
    keys.push(await source.keyAt(at('new.pem'), network));
    expect(new Set(keys).size).toBe(1);
    expect(network.asked).toEqual([at('new.pem').href]);
  });

  test('is none where there is something else, and that is not kept', async () => {
    const network = networkOf({ [url.href]: '<html>' });
    const source = createCertificateSource({ directory: null });
    expect(await source.keyAt(url, network)).toBeNull();
    expect(await source.keyAt(url, network)).toBeNull();
    expect(network.asked).toHaveLength(2);
  });

  test.each([
    ['no answer is had', new EgressFailed('connection refused')],
    ['the answer is 404', { status: 404 }],
    ['the answer is 500', { status: 500 }],
  ])('cannot be had now when %s, and is asked for again', async (_, answer) => {
    const answers: Record<string, typeof answer | string> = { [url.href]: answer };
    const network = networkOf(answers);
    const source = createCertificateSource({ directory: null });
    await expect(source.keyAt(url, network)).rejects.toThrow(IngestUnavailable);
    answers[url.href] = certificatePem;
    expect(await source.keyAt(url, network)).not.toBeNull();
  });

  test('cannot be had now when its file cannot be read', async () => {
    const source = createCertificateSource({ directory: join(certificatesDir, 'README.md') });
    await expect(source.keyAt(url, networkOf({}))).rejects.toThrow(IngestUnavailable);
  });

  test('is looked for in the folder alone, whatever its name', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'kith-sns-'));
    await writeFile(join(parent, 'outside.pem'), certificatePem);
    const source = createCertificateSource({ directory: join(parent, 'none') });
    for (const name of [
      '..%2foutside.pem',
      '../outside.pem',
      '%2e%2e/outside.pem',
      '..\\outside.pem',
      '.pem',
    ]) {
      await expect(source.keyAt(at(name), networkOf({})), name).rejects.toThrow(/fetched: 404/);
    }
    await rm(parent, { recursive: true });
  });

  test('is fetched for no more than a few strangers at once', async () => {
    const waiting: (() => void)[] = [];
    const slow = {
      ...networkOf({}),
      get: () => new Promise<never>((_, reject) => waiting.push(() => reject(new Error('ended')))),
    };
    const source = createCertificateSource({ directory: null });
    const asked = Array.from({ length: 20 }, (_, index) => source.keyAt(at(`${index}.pem`), slow));
    const settled = Promise.allSettled(asked);
    await expect.poll(() => waiting.length).toBe(8);
    for (const end of waiting) end();
    const messages = (await settled).map((one) => (one.status === 'rejected' ? String(one.reason) : ''));
    expect(messages.filter((message) => message.includes('too many'))).toHaveLength(12);
  });
});
