import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emailDomain, normalizeEmail } from './email.ts';

const keyOf = (text: string): string => {
  const result = normalizeEmail(text);
  return result.ok ? result.key : result.reason;
};
const looseOf = (text: string): string => {
  const result = normalizeEmail(text);
  return result.ok ? result.loose : result.reason;
};

test.each([
  ['Ana.Lima@Example.COM', 'ana.lima@example.com'],
  [' <ana@lima.example> ', 'ana@lima.example'],
  ['mailto:ana@lima.example', 'ana@lima.example'],
  ['ana@lima.example (Ana Lima)', 'ana@lima.example'],
  ['ana+news@lima.example', 'ana+news@lima.example'],
  ['ana@lima.example.', 'ana@lima.example'],
  ['ana@MÜNCHEN.de', 'ana@xn--mnchen-3ya.de'],
  ['ana@faß.de', 'ana@xn--fa-hia.de'],
  ['straße@lima.example', 'straße@lima.example'],
  ['Pele\u0301@example.com', 'pel\u00e9@example.com'],
  ['\u212Aim@lima.example', 'kim@lima.example'],
  ['İpek@lima.example', 'i\u0307pek@lima.example'],
  ['用户@例子.广告', '用户@xn--fsqu00a.xn--4rr70v'],
  ['ana@XN--MNCHEN-3YA.de', 'ana@xn--mnchen-3ya.de'],
  ['"ana.lima"@lima.example', 'ana.lima@lima.example'],
  ['"ana\\.lima"@lima.example', 'ana.lima@lima.example'],
  ['"Ana Lima/Acme"@lima.example', '"ana lima/acme"@lima.example'],
  ['"a@b"@lima.example', '"a@b"@lima.example'],
  ['ana..lima@example.com', 'ana..lima@example.com'],
  ['.ana.@lima.example', '.ana.@lima.example'],
  ["o'neil@example.com", "o'neil@example.com"],
  ['root@[192.168.1.1]', 'root@[192.168.1.1]'],
  ['root@[IPv6:2001:DB8:0::1]', 'root@[ipv6:2001:db8::1]'],
  ['root@[2001:db8::1]', 'root@[ipv6:2001:db8::1]'],
])('the key of %s is %s', (text, key) => {
  expect(keyOf(text)).toBe(key);
});

test.each([
  ['Ana Lima <ana@lima.example>', 'a display name'],
  ['"Lima, Ana <not@this.example>" <ana@lima.example>', 'a quoted name that looks like an address'],
  ['ana@other.example <ana@lima.example>', 'a name that is an address'],
  ['(work) ana(home (old))@lima.example (Ana)', 'nested comments'],
  ['MAILTO:ana%40lima.example?subject=Hi&cc=bob@ray.example', 'a link with a subject'],
  ['<mailto:ana@lima.example>', 'a link in brackets'],
  ["'ana@lima.example'", 'Outlook’s quotes'],
  ['“ana@lima.example”', 'round quotes'],
  ['ana@lima.example;', 'a separator left over'],
  ['ana @ lima.example', 'spaces about the @'],
  ['@relay.example:ana@lima.example', 'a source route'],
  ['ana\u200b@lima\u200d.example\ufeff', 'zero-width characters'],
  ['\u202aana@lima.example\u202c', 'direction marks'],
  ['an\u00ada@lima.example', 'a soft hyphen'],
  ['ａｎａ＠ｌｉｍａ．ｅｘａｍｐｌｅ', 'full-width letters and @'],
  ['ana@lima。example', 'an ideographic full stop'],
  ['ana@lima｡example', 'a half-width ideographic full stop'],
  ['\u00a0ana@lima.example\t\r\n', 'white space of every kind'],
])('%s is read in spite of %s', (text) => {
  expect(keyOf(text)).toBe('ana@lima.example');
});

test.each([
  ['', 'empty'],
  ['   ', 'empty'],
  ['\u200b\ufeff', 'empty'],
  ['<>', 'empty'],
  ['Ana Lima', 'no_at_sign'],
  ['undisclosed-recipients:;', 'no_at_sign'],
  ['@lima.example', 'bad_local_part'],
  ['ana lima@lima.example', 'bad_local_part'],
  ['a@b@lima.example', 'bad_local_part'],
  ['<ana@lima.example>, <bob@ray.example>', 'bad_local_part'],
  ['ana@lima.example, bob@ray.example', 'bad_local_part'],
  ['team: ana@lima.example;', 'bad_local_part'],
  ['"<x>"@lima.example', 'bad_local_part'],
  ['jos\ufffd@lima.example', 'bad_local_part'],
  ['\ud800@lima.example', 'bad_local_part'],
  ['a\u0000@lima.example', 'bad_local_part'],
  [`${'a'.repeat(65)}@lima.example`, 'bad_local_part'],
  ['ana@', 'bad_domain'],
  ['ana@.', 'bad_domain'],
  ['ana@-lima.example', 'bad_domain'],
  ['ana@lima-.example', 'bad_domain'],
  ['ana@lima..example', 'bad_domain'],
  ['ana@lima.example..', 'bad_domain'],
  ['ana@1.2.3.4', 'bad_domain'],
  ['ana@0x7f.1', 'bad_domain'],
  ['ana@[256.1.1.1]', 'bad_domain'],
  ['ana@[2001:db8::g]', 'bad_domain'],
  ['ana@xn--a', 'bad_domain'],
  ['ana@lima.example/path', 'bad_domain'],
  ['ana@lima%2eexample', 'bad_domain'],
  [`ana@${'lima.'.repeat(60)}example`, 'bad_domain'],
  [`${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.example`, 'too_long'],
])('%s is no address: %s', (text, reason) => {
  expect(keyOf(text)).toBe(reason);
});

test('a joiner that spells a domain’s name in another script stays', () => {
  expect(keyOf('ana@نامه\u200cای.com')).toBe('ana@xn--mgba3gch31f060k.com');
});

test('a joiner that folding brings beside ASCII goes as any other', () => {
  expect(keyOf('é\u200dİ@lima.example')).toBe('éi\u0307@lima.example');
});

test('loose keys take away plus tags, Gmail’s dots and other name, and Fastmail’s user domains', () => {
  expect(looseOf('ana+news@lima.example')).toBe('ana@lima.example');
  expect(looseOf('+ana@lima.example')).toBe('+ana@lima.example');
  expect(looseOf('ana.lima+x@googlemail.com')).toBe('analima@gmail.com');
  expect(looseOf('ana.lima@workspace.example')).toBe('ana.lima@workspace.example');
  expect(looseOf('ana-shop@yahoo.com')).toBe('ana-shop@yahoo.com');
  expect(looseOf('anything+x@ana.fastmail.com')).toBe('ana@fastmail.com');
  expect(looseOf('anything@a.b.fastmail.com')).toBe('anything@a.b.fastmail.com');
  expect(looseOf('....@gmail.com')).toBe('....@gmail.com');
});

test('the domain is what stands after the last @', () => {
  expect(emailDomain('ana@lima.example')).toBe('lima.example');
  expect(emailDomain('"a@b"@lima.example')).toBe('lima.example');
});

describe('any text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.emailAddress(),
    fc.string({ unit: fc.constantFrom(...Array.from('aAé.+"\\@<>()[]:%İßς\u200d\u3002 -_1x')) }),
  );
  const options = { numRuns: 3_000 };

  test('gives a result, and a key is its own key', () => {
    fc.assert(
      fc.property(text, (written) => {
        const first = normalizeEmail(written);
        if (!first.ok) return;
        expect(normalizeEmail(first.key)).toEqual(first);
        expect(first.key).not.toMatch(/[\p{Cc}\p{Cs}<>]/u);
      }),
      options,
    );
  });

  test('has a loose key that is its own loose key', () => {
    fc.assert(
      fc.property(text, (written) => {
        const first = normalizeEmail(written);
        if (first.ok) expect(looseOf(first.loose)).toBe(first.loose);
      }),
      options,
    );
  });

  test('is read alike in brackets, after a name and with white space about it', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        for (const written of [`<${address}>`, `Ana Lima <${address}>`, ` ${address}\n`]) {
          expect(keyOf(written)).toBe(keyOf(address));
        }
      }),
    );
  });

  test.each(['a@', '<', '(', '"', '\\', '@', '"a@', '\u200d', 'a.', '%40', '😀'])(
    'of a megabyte of %s is refused, not read',
    (part) => {
      expect(normalizeEmail(part.repeat(1_000_000 / part.length))).toEqual({ ok: false, reason: 'too_long' });
    },
  );
});
