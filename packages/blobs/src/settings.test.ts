import { loadConfig } from '@kith/service';
import * as z from 'zod';
import { describe, expect, test } from 'vitest';
import { blobSettings, blobStoreFromConfig } from './settings.ts';

const open = (env: Record<string, string>) =>
  blobStoreFromConfig(loadConfig(z.object(blobSettings), env)).close();

describe('the settings of the blob store', () => {
  test.each([
    ['neither a directory nor a bucket', {}, /neither is set/],
    ['both', { KITH_BLOB_DIR: '/tmp/x', KITH_S3_BUCKET: 'kith' }, /both are set/],
    ['half of the credentials', { KITH_S3_BUCKET: 'kith', KITH_S3_ACCESS_KEY_ID: 'a' }, /or neither/],
  ])('are refused with %s', (_, env, message) => {
    expect(() => open(env)).toThrow(message);
  });

  test('open a directory, or a bucket with the credentials of its surroundings', () => {
    open({ KITH_BLOB_DIR: '/tmp/x' });
    open({ KITH_S3_BUCKET: 'kith' });
  });

  test('describe every variable', () => {
    for (const schema of Object.values(blobSettings)) expect(schema.description).toBeTruthy();
  });
});
