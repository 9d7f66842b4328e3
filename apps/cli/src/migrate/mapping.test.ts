import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Mapping, readMapping } from './mapping.ts';
import { mappingLines } from './print-mapping.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-mapping-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(text: string): Promise<Mapping> {
  const file = join(folder, 'mapping.json');
  await writeFile(file, text);
  return readMapping(file);
}

test('the printed mapping is one, and every line of it is explained', async () => {
  const lines = mappingLines();
  expect(await read(lines.join('\n'))).toEqual(Mapping.parse({}));
  const keys = lines.flatMap((line, index) => (/^ *"/.test(line) ? [index] : []));
  for (const index of keys) expect(lines[index - 1]).toMatch(/^ *\/\/ \S.*\S$/);
});

test('a file holds only what differs, and its problems are told all at once', async () => {
  const { messages, participants } = await read('// Ours.\n{ "messages": { "text": "body" } }');
  expect([messages.text, messages.table, participants.email]).toEqual([
    'body',
    'communications_message',
    'email',
  ]);
  const wrong = '{ "mesages": {}, "defaultCountry": "France", "channelTypes": { "fax": "fax" } }';
  await expect(read(wrong)).rejects.toThrow(/defaultCountry: [\s\S]*channelTypes\.fax: [\s\S]*mesages/);
  await expect(read('{')).rejects.toThrow(/is not valid JSON/);
});
