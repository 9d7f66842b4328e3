import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrived, mail } from '../../test/deliveries.ts';
import { errorOf, openResolver, type TestResolver } from '../../test/resolver.ts';
import { applyBatch } from '../apply/apply-batch.ts';

let resolver: TestResolver;
beforeAll(async () => {
  resolver = await openResolver();
});
afterAll(() => resolver[Symbol.asyncDispose]());

const receive = (workspace: string) =>
  resolver.db.write(workspace, (tx) =>
    applyBatch(tx, [arrived([mail({ id: 'a@x' })], { workspace })], '2026-03-02T09:00:00.000Z'),
  );

test('a clear and an erasure say what they would do, do it, and need to be told what', async () => {
  const { acme, other } = resolver;
  await Promise.all([receive('acme'), receive('other')]);
  const confirm = true as const;
  const preview = await acme.workspace.clear.mutate({ confirm, dryRun: true, accountId: 'support-mail' });
  expect(preview).toMatchObject({ cleared: { message: 1, participant: 2 }, done: true });
  expect(await acme.workspace.clear.mutate({ confirm, accountId: 'support-mail' })).toEqual(preview);
  const person = { identifier: { kind: 'email' as const, value: 'Ana@Lima.example' } };
  const erasure = await other.people.erase.mutate({ confirm, dryRun: true, ...person });
  expect(erasure).toMatchObject({ erased: { message: 1, participant: 1 }, done: true });
  expect(await other.people.erase.mutate({ confirm, ...person })).toEqual(erasure);

  const refused = [
    [
      () => acme.workspace.clear.mutate({ confirm, channel: 'email', accountId: 'm' }),
      'bad_input',
      'channel',
    ],
    [() => acme.workspace.clear.mutate({ confirm, channel: 'email', records: true }), 'bad_input', 'records'],
    [() => acme.workspace.clear.mutate({ confirm: false as true }), 'bad_input', 'confirm'],
    [() => acme.workspace.clear.mutate({ confirm, recordId: '93' }), 'record_not_found', 'recordId'],
    [() => acme.people.erase.mutate({ confirm }), 'bad_input', 'participantId'],
    [
      () => acme.people.erase.mutate({ confirm, participantId: 'x' }),
      'participant_not_found',
      'participantId',
    ],
  ] as const;
  for (const [call, code, field] of refused) expect(await errorOf(call())).toMatchObject({ code, field });
});
