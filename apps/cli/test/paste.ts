import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { WholeStack } from './whole-stack.ts';

const checkout = join(import.meta.dirname, '../../..');

/** Runs the commands of a document that a pattern picks on the ports of this stack, and answers what each printed. */
export async function paste(stack: WholeStack, file: string, pattern: RegExp): Promise<string[]> {
  const document = await readFile(join(checkout, file), 'utf8');
  const blocks = [...document.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  const outputs: string[] = [];
  for (const block of blocks.filter((one) => pattern.test(one))) {
    const onOurPorts = block.replaceAll(
      /127\.0\.0\.1:44(\d\d)/g,
      (_, offset: string) => `127.0.0.1:${stack.portBase + Number(offset)}`,
    );
    const { code, output } = await stack.run('bash', ['-euo', 'pipefail', '-c', onOurPorts]);
    expect(code, output).toBe(0);
    outputs.push(output);
  }
  return outputs;
}
