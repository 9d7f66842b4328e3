import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, describe, expect, test, vi } from 'vitest';

import { startInOwnerAndKillIt } from '../test/killed-owner.ts';
import { natsRequest } from '../test/nats-request.ts';
import { temporaryDirectory } from '../test/temporary.ts';
import { findNatsServer } from './nats-binary.ts';
import { startNats } from './nats.ts';
import { identifyProcess } from './process-identity.ts';
import { startTestNats } from './testing.ts';
import { waitUntil } from './wait-until.ts';

const STREAM = { name: 'KEPT', subjects: ['kept.*'], storage: 'file' };

async function messagesIn(port: number): Promise<unknown> {
  const info = await natsRequest(port, '$JS.API.STREAM.INFO.KEPT', '');
  const { state } = info;
  return typeof state === 'object' && state !== null && 'messages' in state ? state.messages : info;
}

describe('embedded NATS', () => {
  test('has every acknowledged message after a SIGKILL', async () => {
    await using nats = await startTestNats();
    await natsRequest(nats.port, '$JS.API.STREAM.CREATE.KEPT', STREAM);
    expect(await natsRequest(nats.port, 'kept.one', 'a')).toMatchObject({ stream: 'KEPT', seq: 1 });
    expect(await natsRequest(nats.port, 'kept.two', 'b')).toMatchObject({ seq: 2 });
    await nats.kill();
    await nats.whenReady();
    expect(await messagesIn(nats.port)).toBe(2);
    await nats.restart();
    expect(await messagesIn(nats.port)).toBe(2);
  });

  test('leaves no process when it is stopped, and a test server no files', async () => {
    const nats = await startTestNats();
    const pid = nats.pid() ?? 0;
    await nats.stop();
    expect(await identifyProcess(pid)).toBeNull();
  });

  test('replaces its own orphan after a kill -9 of the owner, with the messages', async () => {
    await using directory = await temporaryDirectory();
    const storeDir = join(directory.path, 'store');
    const start = { storeDir, diesWithParent: false };
    const orphan = await startInOwnerAndKillIt(`startNats(${JSON.stringify(start)})`);
    expect(await identifyProcess(orphan)).not.toBeNull();
    await using _ = await startNats({ storeDir });
    expect(await identifyProcess(orphan)).toBeNull();
  });

  test.runIf(process.platform === 'linux')('ends by itself on Linux when its owner is killed', async () => {
    await using directory = await temporaryDirectory();
    const storeDir = join(directory.path, 'store');
    const orphan = await startInOwnerAndKillIt(`startNats(${JSON.stringify({ storeDir })})`);
    expect(await waitUntil(async () => (await identifyProcess(orphan)) === null, { timeoutMs: 10_000 })).toBe(
      true,
    );
  });

  test('refuses a taken port by its number', async () => {
    await using directory = await temporaryDirectory();
    await using first = await startTestNats();
    await expect(
      startNats({ storeDir: join(directory.path, 'store'), port: first.port }),
    ).rejects.toMatchObject({
      code: 'port_taken',
      message: expect.stringContaining(String(first.port)),
    });
  });
});

describe('nats-server is found', () => {
  afterEach(() => vi.unstubAllEnvs());

  test('where KITH_NATS_SERVER points, and nowhere else then', () => {
    const found = findNatsServer();
    vi.stubEnv('KITH_NATS_SERVER', found);
    expect(findNatsServer()).toBe(found);
    vi.stubEnv('KITH_NATS_SERVER', '/nowhere/nats-server');
    expect(() => findNatsServer()).toThrow(expect.objectContaining({ code: 'nats_missing' }));
  });

  test('in our own tools when the system has none, and a version before 2.9 is refused', async () => {
    await using directory = await temporaryDirectory();
    vi.stubEnv('KITH_TOOLS_ONLY', '1');
    const toolsDir = join(directory.path, 'tools');
    expect(() => findNatsServer({ toolsDir })).toThrow(/apt-get install nats-server/);
    await mkdir(toolsDir);
    const server = join(toolsDir, 'nats-server');
    await writeFile(server, '#!/bin/sh\necho nats-server: v2.14.1\n', { mode: 0o755 });
    expect(findNatsServer({ toolsDir })).toBe(server);
    await writeFile(server, '#!/bin/sh\necho nats-server: v2.8.4\n', { mode: 0o755 });
    expect(() => findNatsServer({ toolsDir })).toThrow(/too old \(nats-server: v2\.8\.4\)/);
  });
});
