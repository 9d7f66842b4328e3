import { expect, test } from 'vitest';
import { createFindings } from './findings.ts';
import { LinkPlan } from './link-plan.ts';
import { Mapping } from './mapping.ts';
import type { OldParticipant } from './old-rows.ts';

const mapping = Mapping.parse({});
const own = { keys: new Set(['email desk@acme.example']), domains: new Set(['team.example']) };

const person = (id: string, fields: Partial<OldParticipant> = {}): OldParticipant => ({
  id,
  recordId: null,
  confidence: null,
  method: null,
  email: `p${id}@x.example`,
  phone: null,
  linkedin: null,
  name: null,
  ...fields,
});

/** A participant with the record that it is linked to, whose fields hold these addresses. */
const linked = (
  id: string,
  recordId: string | null,
  fields: Partial<OldParticipant> = {},
  held: string[] = [],
) => ({
  participant: person(id, { recordId, ...fields }),
  record: recordId === null ? null : { id: recordId, data: { email: held } },
});

const link = (id: string, recordId: string, members: ReturnType<typeof linked>[]) => ({
  id,
  recordId,
  conversationId: `c${id}`,
  record: { data: {} },
  hasConversation: true,
  members,
});

function planOf(add: (plan: LinkPlan) => void) {
  const findings = createFindings();
  const plan = new LinkPlan({ mapping, own, writers: new Set(['w']) }, findings);
  add(plan);
  return {
    links: plan.links().map(({ identifier, recordId, origin }) => [identifier.value, recordId, origin]),
    found: findings.list().map(({ code, count }) => [code, count]),
  };
}

const manual = { method: 'Manual' };

test.each([
  [
    'a person’s link is a decision, with evidence or without',
    [linked('1', 'r', manual)],
    ['person'],
    ['person_link_without_evidence'],
  ],
  [
    'without a method a confidence of one is a person’s',
    [linked('1', 'r', { confidence: 1 }, ['p1@x.example'])],
    ['person'],
    [],
  ],
  [
    'a rule’s link follows where the record holds the identifier',
    [linked('1', 'r', { method: 'email' }, ['P1@X.example'])],
    ['rule'],
    [],
  ],
  [
    'of several identifiers those that the record holds',
    [linked('1', 'r', { phone: '+46855501066' }, ['p1@x.example'])],
    ['rule'],
    ['identifier_without_evidence'],
  ],
  ['and goes where it does not', [linked('1', 'r', { method: 'email' })], [], ['rule_link_without_evidence']],
  [
    'the company is never linked',
    [linked('1', 'r', { ...manual, email: 'a@team.example' })],
    [],
    ['link_of_company'],
  ],
  [
    'nor a record that is the company',
    [linked('1', 'r', manual, ['desk@acme.example'])],
    [],
    ['link_of_company'],
  ],
  ['nor who wrote outbound messages', [linked('w', 'r', manual)], [], ['writer_not_own', 'link_of_company']],
  [
    'of one person twice a person’s link stands before a rule’s',
    [
      linked('1', 'r', {}, ['p1@x.example']),
      linked('2', 's', { ...manual, email: 'P1@x.example' }, ['p1@x.example']),
    ],
    ['person'],
    ['participant_twice'],
  ],
  [
    'two people’s links to two records are not guessed between',
    [
      linked('1', 'r', manual, ['p1@x.example']),
      linked('2', 's', { ...manual, email: 'p1@x.example' }, ['p1@x.example']),
    ],
    [],
    ['participant_twice', 'participant_twice_two_records'],
  ],
])('%s', (_, participants, origins, codes) => {
  const { links, found } = planOf((plan) => participants.forEach((each) => plan.addParticipant(each)));
  expect(links.map(([, , origin]) => origin)).toEqual(origins);
  expect(found.map(([code]) => code)).toEqual(codes);
});

test.each([
  ['agrees where one of its participants has the record', [linked('1', 'r'), linked('2', null)], []],
  ['is the one unlinked person’s', [linked('1', null), linked('w', null)], ['link_adopted']],
  [
    'is the one unlinked person’s beside one of another record',
    [linked('1', null), linked('2', 's')],
    ['link_adopted'],
  ],
  ['is nobody’s where several are unlinked', [linked('1', null), linked('2', null)], ['link_undecided']],
  ['is nobody’s where there is nobody', [linked('w', null)], ['link_undecided']],
  ['goes where all belong to others', [linked('1', 's')], ['link_contradicted']],
])('a conversation’s link %s', (_, members, codes) => {
  const { links, found } = planOf((plan) => plan.addConversationLink(link('1', 'r', members)));
  expect(found.map(([code]) => code)).toEqual(codes);
  expect(links).toEqual(codes.includes('link_adopted') ? [['p1@x.example', 'r', 'conversation']] : []);
});

test('two conversations that link one unlinked person to two records decide nothing', () => {
  const members = [linked('1', null)];
  const { links, found } = planOf((plan) => {
    plan.addConversationLink(link('1', 'r', members));
    plan.addConversationLink(link('2', 's', members));
  });
  expect([links, found]).toEqual([
    [],
    [
      ['link_adopted', 1],
      ['link_undecided', 1],
    ],
  ]);
});
