/*
 * The public keys of SNS, by the URL of the certificate that holds them.
 *
 * First a folder of PEM files is looked into, for hosts that have no way out; then the certificate is fetched, once at
 * a time however many messages wait for it, and kept. Whether the URL is one of SNS is for the caller to know. The
 * certificate's own chain is not looked at: what says whose it is, is the TLS of the host that it came from.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Egress, EgressResponse } from '@kith/ingest/egress';
import { IngestUnavailable } from '@kith/ingest/provider';

/** Finds the keys of certificates. */
export interface CertificateSource {
  /** Null when what lies there is no certificate. Throws `IngestUnavailable` when it cannot be had now. */
  keyAt(url: URL, egress: Egress): Promise<KeyObject | null>;
}

/** SNS has one certificate per region, and changes it once a year. */
const keptMax = 100;
/** Each is a request that a stranger causes. */
const fetchesMax = 8;
const bytesMax = 64_000;
/** SNS waits fifteen seconds for an answer. */
const timeoutMs = 5_000;

/** Opens nothing: the folder is read when a certificate is asked for. `directory` is null where there is none. */
export function createCertificateSource({ directory }: { directory: string | null }): CertificateSource {
  const kept = new Map<string, KeyObject>();
  const fetches = new Map<string, Promise<KeyObject | null>>();

  const find = async (url: URL, egress: Egress): Promise<KeyObject | null> => {
    const given = directory === null ? null : await readGiven(directory, url);
    const key = keyIn(given ?? (await fetchPem(url, egress)));
    if (key !== null) keep(kept, url.href, key);
    return key;
  };

  return {
    keyAt: async (url, egress) => {
      const known = kept.get(url.href);
      if (known !== undefined) return known;
      const running = fetches.get(url.href);
      if (running !== undefined) return running;
      if (fetches.size >= fetchesMax)
        throw new IngestUnavailable('too many certificates of SNS are being fetched');
      const started = find(url, egress).finally(() => fetches.delete(url.href));
      fetches.set(url.href, started);
      return started;
    },
  };
}

function keep(kept: Map<string, KeyObject>, href: string, key: KeyObject): void {
  const [oldest] = kept.keys();
  if (kept.size >= keptMax && oldest !== undefined) kept.delete(oldest);
  kept.set(href, key);
}

async function readGiven(directory: string, url: URL): Promise<string | null> {
  // The last part of a path has no separator in it, and stays escaped as it came.
  const name = url.pathname.split('/').at(-1) ?? '';
  try {
    return await readFile(join(directory, name), 'utf8');
  } catch (err) {
    if (err instanceof Error && 'code' in err && err.code === 'ENOENT') return null;
    throw new IngestUnavailable('a certificate of SNS could not be read from KITH_SNS_CERTIFICATES_DIR', {
      cause: err,
    });
  }
}

async function fetchPem(url: URL, egress: Egress): Promise<string> {
  let answer: EgressResponse;
  try {
    answer = await egress.get({ url: url.href, bytesMax, timeoutMs, redirects: 'refuse' });
  } catch (err) {
    throw new IngestUnavailable('a certificate of SNS could not be fetched', { cause: err });
  }
  if (answer.status !== 200) {
    throw new IngestUnavailable(`a certificate of SNS could not be fetched: ${answer.status}`);
  }
  return Buffer.from(answer.body).toString('utf8');
}

function keyIn(pem: string): KeyObject | null {
  try {
    return createPublicKey(pem);
  } catch {
    return null;
  }
}
