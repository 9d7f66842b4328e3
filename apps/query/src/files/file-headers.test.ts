import { expect, test } from 'vitest';
import { dispositionOf, fileHeaders, harmlessType } from './file-headers.ts';

test.each([
  ['image/png', 'image/png'],
  ['Text/Plain; charset=utf-8', 'text/plain'],
  ['application/pdf', 'application/pdf'],
  [
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
  ['text/html', 'application/octet-stream'],
  ['TEXT/HTML;charset=utf-8', 'application/octet-stream'],
  ['application/xhtml+xml', 'application/octet-stream'],
  ['image/svg+xml', 'application/octet-stream'],
  ['text/xml', 'application/octet-stream'],
  ['text/xsl', 'application/octet-stream'],
  ['text/css', 'application/octet-stream'],
  ['text/javascript', 'application/octet-stream'],
  ['application/x-ecmascript', 'application/octet-stream'],
  ['multipart/related', 'application/octet-stream'],
  ['', 'application/octet-stream'],
  ['no type', 'application/octet-stream'],
  ['image/png\r\nset-cookie: a=b', 'application/octet-stream'],
])('a file of type %j is sent as %s', (type, sent) => {
  expect(harmlessType(type)).toBe(sent);
});

test.each([
  ['offer.pdf', `filename="offer.pdf"; filename*=UTF-8''offer.pdf`],
  ['Größe 5€.txt', `filename="Gr__e 5_.txt"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%205%E2%82%AC.txt`],
  ['a "b" \\ c%20.txt', `filename="a _b_ _ c_20.txt"; filename*=UTF-8''a%20%22b%22%20_%20c%2520.txt`],
  [`it's (1)*.txt`, `filename="it's (1)*.txt"; filename*=UTF-8''it%27s%20%281%29%2A.txt`],
  ['a\r\nset-cookie: x', `filename="a  set-cookie: x"; filename*=UTF-8''a%20%20set-cookie%3A%20x`],
  ['../../etc/passwd', `filename=".._.._etc_passwd"; filename*=UTF-8''.._.._etc_passwd`],
  ['cod\u202Efdp.exe', `filename="cod fdp.exe"; filename*=UTF-8''cod%20fdp.exe`],
  ['', `filename="file"; filename*=UTF-8''file`],
  ['\uD800', `filename="_"; filename*=UTF-8''%EF%BF%BD`],
])('a file called %j is saved under a name that ends no header', (name, sent) => {
  expect(dispositionOf(name)).toBe(`attachment; ${sent}`);
  expect(() => new Headers(fileHeaders({ name, type: '', size: 1 }))).not.toThrow();
});

test('a long name is cut between characters', () => {
  expect(dispositionOf('😀'.repeat(300))).toContain(`UTF-8''${'%F0%9F%98%80'.repeat(200)}`);
});
