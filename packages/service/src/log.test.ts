import { expect, test } from 'vitest';
import { createLog } from './log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let text = '';
  write(createLog({ name: 'test', level: 'info' }, { write: (line) => (text += line) }));
  return text;
}

test('what a database error quotes of a row is not logged, what it is about is', () => {
  const err = Object.assign(new Error('invalid input syntax for type json: "ana@lima.example"'), {
    severity: 'ERROR',
    code: '22P02',
    table: 'message',
    detail: 'Key (identifier)=(ana@lima.example) already exists.',
    where: 'JSON data, line 1: {"text":"Dear Ana',
  });
  const line = logged((log) => log.error({ err: new Error('batch failed', { cause: err }) }, 'failed'));
  expect(line).not.toMatch(/lima|Dear Ana/);
  expect(JSON.parse(line)).toMatchObject({
    service: 'test',
    msg: 'failed',
    err: { message: 'batch failed', cause: { message: 'Postgres 22P02 message', code: '22P02' } },
  });
  expect(line).toContain('log.test.ts');
});

test('credentials are taken out by their names', () => {
  const fields = {
    token: 'hunter2',
    account: { apiKey: 'hunter3' },
    headers: { authorization: 'Bearer hunter4' },
  };
  const line = logged((log) => log.info(fields, 'connected'));
  expect(line).not.toContain('hunter');
  expect(line.match(/\[redacted\]/g)).toHaveLength(3);
});
