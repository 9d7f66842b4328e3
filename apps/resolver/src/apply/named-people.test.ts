import { expect, test } from 'vitest';
import { arrived, chat, mail } from '../../test/deliveries.ts';
import { peopleIn } from './batch-people.ts';
import { layOut } from './lay-out.ts';
import { collectPeople } from './named-people.ts';

const member = { kind: 'linkedin_member', value: 'urn:li:member:42' } as const;
const slug = { kind: 'linkedin_public', value: 'ana-lima' } as const;
const profileEmail = { kind: 'email', value: 'ana@lima.example' } as const;

const collect = (...batch: ReturnType<typeof arrived>[]) =>
  collectPeople('acme', peopleIn(layOut('acme', batch)));
const linkedin = (from: Parameters<typeof chat>[0]['from'], to: Parameters<typeof chat>[0]['to'] = []) =>
  arrived([chat({ id: '1', channel: 'linkedin', from, to })], { channel: 'linkedin' });

test('identifying identifiers of one person are a group, the others are clues of the first', () => {
  const { identifiers, groups, clues } = collect(linkedin([profileEmail, member, slug]));
  const named = [...identifiers.values()];
  expect(named.map(({ kind, value }) => ({ kind, value }))).toEqual([member, slug]);
  expect(groups).toEqual([named.map(({ key }) => key)]);
  expect(clues).toEqual([{ ...profileEmail, identifierId: named[0]?.id }]);
});

test('somebody of whom a message gives only clues is left out', () => {
  expect(collect(linkedin([profileEmail]))).toEqual({
    identifiers: new Map(),
    groups: [],
    clues: [],
    own: [],
  });
});

test('an identifier named many times is listed once, with all that was said of it', () => {
  const { identifiers } = collect(
    arrived([mail({ id: 'a@x', name: 'Ana' })], { origin: 'sync', receivedAt: '2026-03-05T08:00:00.000Z' }),
    arrived([mail({ id: 'b@x', from: 'bo@x.example', to: ['ana@lima.example'] })]),
  );
  expect([...identifiers.values()].find(({ value }) => value === 'ana@lima.example')).toMatchObject({
    displayName: 'Ana',
    namedBySelf: true,
    firstSeenAt: '2026-03-02T08:00:00.000Z',
    seenByWebhook: true,
  });
});

test('instants are compared as the database keeps them, however they are written', () => {
  const { identifiers } = collect(
    arrived([mail({ id: 'a@x', name: 'Older', sentAt: '2026-03-01T10:00:00Z' })]),
    arrived([mail({ id: 'b@x', name: 'Newer', sentAt: '2026-03-01T10:00:00.500Z' })]),
  );
  expect([...identifiers.values()][0]).toMatchObject({
    displayName: 'Newer',
    namedAt: '2026-03-01T10:00:00.500Z',
  });
});

test('the same address on two channels is two identifiers', () => {
  const phone = { kind: 'phone', value: '+5511987654321' } as const;
  const whatsapp = arrived([chat({ id: '1', channel: 'whatsapp', from: [phone], to: [] })], {
    channel: 'whatsapp',
  });
  const ids = [...collect(whatsapp, linkedin([member])).identifiers.values()].map(({ id }) => id);
  expect(new Set(ids).size).toBe(2);
});

test('what the delivery says stands behind a person counts, and so does what the address itself says', () => {
  const natureOf = (from: string, nature?: 'role' | 'list' | 'machine') =>
    [...collect(arrived([mail({ id: 'a@x', from, ...(nature && { nature }) })])).identifiers.values()][0]
      ?.nature;
  expect(natureOf('ana@lima.example')).toBe('person');
  expect(natureOf('ana@lima.example', 'list')).toBe('list');
  expect(natureOf('no-reply@lima.example')).toBe('machine');
  expect(natureOf('no-reply@lima.example', 'role')).toBe('machine');
  expect(natureOf('sales@lima.example')).toBe('role');
});

test('who reacts or is related is somebody, and nobody’s author', () => {
  const person = { identifiers: [member], displayName: 'Ana' };
  const { identifiers } = collect(
    arrived(
      [
        { kind: 'reaction', messageId: 'm', person, emoji: '👍', at: null },
        {
          kind: 'relation',
          relation: 'contact',
          person: { ...person, displayName: 'Ana (work)' },
          at: '2026-03-01T10:00:00.000Z',
        },
      ],
      { channel: 'linkedin' },
    ),
  );
  // What somebody goes by wins over what an address book calls them.
  expect([...identifiers.values()]).toMatchObject([
    { value: member.value, displayName: 'Ana', namedBySelf: true, wroteAsPerson: false },
  ]);
});

test('what a provider says of its own side is the account’s own, under each identity of the channel', () => {
  const me = { identifiers: [profileEmail, member, slug], displayName: null, own: true as const };
  const { own } = collect(
    arrived([{ kind: 'reaction', messageId: 'm', person: me, emoji: '👍', at: null }], {
      channel: 'linkedin',
      accountId: 'rep',
    }),
  );
  expect(own).toEqual([
    { accountId: 'rep', ...member },
    { accountId: 'rep', ...slug },
  ]);
});
