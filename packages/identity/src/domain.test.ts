import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { companyDomain } from './domain.ts';

const answer = (text: string): string => {
  const result = companyDomain(text);
  return result.ok ? result.domain : result.reason;
};

test.each([
  ['ana@mail.acme.co.uk', 'acme.co.uk'],
  ['Ana Lima <ana@acme.com>', 'acme.com'],
  ['mailto:ana@acme.com?subject=x', 'acme.com'],
  ['acme.com', 'acme.com'],
  ['ACME.com.', 'acme.com'],
  ['@acme.com', 'acme.com'],
  ['www.acme.com/about?x=1#y', 'acme.com'],
  ['acme.com:8080', 'acme.com'],
  ['https://user:secret@shop.acme.com:8443/a?b', 'acme.com'],
  ['//acme.com/a', 'acme.com'],
  ['ana@foo.github.io', 'foo.github.io'],
  ['ana@a.foo.github.io', 'foo.github.io'],
  ['ana@ΑΒΓ.gr', 'xn--mxacd.gr'],
  ['ana@ümläut.co.uk', 'xn--mlut-moa5l.co.uk'],
  ['acme。com', 'acme.com'],
  ['ana@acme.example', 'acme.example'],
  ['ana@example.com', 'example.com'],
  ['ana@yahoo.engineering', 'yahoo.engineering'],
  ['ana@live.acme.com', 'acme.com'],
])('the company of %s is %s', (text, domain) => {
  expect(answer(text)).toBe(domain);
});

test.each([
  ['', 'no_domain'],
  ['Ana Lima', 'no_domain'],
  ['ana@', 'no_domain'],
  ['acme..com', 'no_domain'],
  ['localhost', 'no_domain'],
  ['ana@printer.local', 'no_domain'],
  ['intranet', 'no_domain'],
  ['https://', 'no_domain'],
  ['co.uk', 'public_suffix'],
  ['com', 'public_suffix'],
  ['ana@github.io', 'public_suffix'],
  ['ana@[192.168.0.1]', 'ip_address'],
  ['ana@[IPv6:2001:db8::1]', 'ip_address'],
  ['192.168.0.1', 'ip_address'],
  ['http://[::1]:80/', 'ip_address'],
  ['http://3232235521/', 'ip_address'],
  ['ana@gmail.com', 'free_mail'],
  ['ana@web.de', 'free_mail'],
  ['ana@ana.fastmail.com', 'free_mail'],
  ['ana@yahoo.ro', 'free_mail'],
  ['ana@hotmail.co.za', 'free_mail'],
  ['ana@outlook.com.br', 'free_mail'],
  ['ana@docomo.ne.jp', 'free_mail'],
  ['ana@qq.com', 'free_mail'],
  ['ana@privaterelay.appleid.com', 'free_mail'],
  ['ana@mailinator.com', 'disposable'],
  ['ana@any.mailinator.com', 'disposable'],
])('%s names no company: %s', (text, reason) => {
  expect(answer(text)).toBe(reason);
});

test('companies that a list takes for mail providers are companies', () => {
  for (const domain of ['alibaba.com', 'ancestry.com', 'discovery.com', 'bt.com', 'unican.es']) {
    expect(answer(`ana@${domain}`)).toBe(domain);
  }
});

test('any text gives a result, and a company’s domain is its own', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress(), fc.webUrl(), fc.domain());
  fc.assert(
    fc.property(text, (written) => {
      const result = companyDomain(written);
      if (result.ok) expect(companyDomain(result.domain)).toEqual(result);
    }),
    { numRuns: 2_000 },
  );
  expect(answer('a.'.repeat(500_000))).toBe('no_domain');
});
