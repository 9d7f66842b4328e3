import { expect, test } from 'vitest';
import { TeamInput } from './team-input.ts';

function issuesOf(input: { identifiers?: string[]; domains?: string[] }): string[] {
  const result = TeamInput.safeParse({ identifiers: [], domains: [], ...input });
  return result.success ? [] : result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
}

test('a team is named by any identifier and by domains, normalised', () => {
  const identifiers = ['Rep@Acme.Example', '+1 415 555 0100', 'https://www.linkedin.com/in/Rep-Acme/'];
  expect(
    TeamInput.parse({ identifiers, domains: ['ACME.example', '@mail.acme.example', 'MÜNCHEN.example'] }),
  ).toEqual({
    identifiers: [
      { kind: 'email', value: 'rep@acme.example' },
      { kind: 'phone', value: '+14155550100' },
      { kind: 'linkedin_public', value: 'rep-acme' },
    ],
    domains: ['acme.example', 'mail.acme.example', 'xn--mnchen-3ya.example'],
  });
});

test('an identifier that cannot be read is refused by its place', () => {
  expect(issuesOf({ identifiers: ['rep@acme.example', 'somebody', '415 555 0100'] })).toEqual([
    expect.stringMatching(/^identifiers\.1 is no email address/),
    expect.stringMatching(/^identifiers\.2 is no email address/),
  ]);
});

test.each([
  ['gmail.com', 'would become the team'],
  ['mail.gmail.com', 'would become the team'],
  ['mailinator.com', 'would become the team'],
  ['co.uk', 'everybody may have a domain under it'],
  ['10.0.0.1', 'is not a domain'],
  ['acme', 'is not a domain'],
  ['', 'is not a domain'],
  ['https://acme.example', 'is not a domain'],
  ['rep@acme.example', 'is not a domain'],
  ['acme example.com', 'is not a domain'],
])('%j is no domain of a team', (domain, message) => {
  expect(issuesOf({ domains: ['acme.example', domain] })).toEqual([expect.stringContaining(message)]);
  expect(issuesOf({ domains: [domain] })[0]).toMatch(/^domains\.0 /);
});
