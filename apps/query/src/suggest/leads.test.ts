import { describe, expect, test } from 'vitest';
import { leadsOf, type Subject } from './leads.ts';

const email = (value: string, name: string | null = null) => ({ kind: 'email' as const, value, name });
const phone = (value: string) => ({ kind: 'phone' as const, value, name: null });
const subject = (...known: Subject['known']): Subject => ({
  participantId: 'p',
  known,
  displayName: null,
  settled: [],
});
const signed = (id: string, ...lines: string[]) => ({ id, text: `Hello,\n\n-- \n${lines.join('\n')}` });

describe('leads', () => {
  test('are the loose forms of every identifier that has one', () => {
    const known = subject(
      email('ana+crm@lima.example'),
      phone('+551187654321'),
      { kind: 'linkedin_public', value: 'ana-lima', name: null },
      { kind: 'whatsapp_lid', value: '77@lid', name: null },
    );
    expect(leadsOf(known, [])).toEqual([
      { kind: null, key: 'email:ana@lima.example', reason: 'loose_email', value: 'ana+crm@lima.example' },
      { kind: null, key: 'phone:+5511987654321', reason: 'phone_variant', value: '+551187654321' },
      { kind: null, key: 'linkedin:ana-lima', reason: 'linkedin_variant', value: 'ana-lima' },
    ]);
  });

  test('are its names at its companies, and no name at a free mailbox', () => {
    const known = {
      ...subject(email('a@lima.example', 'Lima, Ana'), email('a@acme.example'), email('ana@gmail.com')),
      displayName: 'Ana Lima',
    };
    const names = leadsOf(known, []).filter(({ reason }) => reason === 'name_and_company');
    expect(names.map(({ key, value }) => [key, value])).toEqual([
      ['name:ana lima@lima.example', 'Ana Lima'],
      ['name:ana lima@acme.example', 'Ana Lima'],
    ]);
    expect(
      leadsOf({ ...subject(email('ana@lima.example', 'Ana')), displayName: 'ana@lima.example' }, []),
    ).toHaveLength(1);
  });

  test('are the identifiers in its signatures, of the newest message that has them, without its own', () => {
    const known = subject(email('ana@lima.example'));
    const lines = ['Ana Lima', '+44 20 7946 0958', 'ANA@lima.example', 'linkedin.com/in/ana-lima'];
    const messages = [
      signed('m1', ...lines),
      signed('m2', ...lines),
      signed('m3', 'Ana Lima', '+44 20 7946 0958', 'ana@home.example'),
      {
        id: 'm4',
        text: 'Call Bo at +44 20 7946 0111, he is at bo@costa.example and will be glad to help you.',
      },
    ];
    const leads = leadsOf(known, messages).filter(({ messageId }) => messageId !== undefined);
    expect(leads).toEqual([
      {
        kind: 'phone',
        key: '+442079460958',
        reason: 'signature_phone',
        value: '+442079460958',
        messageId: 'm1',
      },
      {
        kind: 'linkedin_public',
        key: 'ana-lima',
        reason: 'signature_linkedin',
        value: 'ana-lima',
        messageId: 'm1',
      },
      {
        kind: 'email',
        key: 'ana@home.example',
        reason: 'signature_email',
        value: 'ana@home.example',
        messageId: 'm3',
      },
    ]);
  });

  test('are at most fifty, whatever the participant is known by', () => {
    const many = Array.from({ length: 80 }, (_, n) => email(`a${n}@lima.example`));
    expect(leadsOf(subject(...many), [])).toHaveLength(50);
  });
});
