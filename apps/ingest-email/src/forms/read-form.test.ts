import { describe, expect, test } from 'vitest';
import { fieldsOf, multipart, type Posted, urlencoded } from '../../test/forms.ts';
import { digestOf, type FormPart } from './form.ts';
import { mediaTypeOf, readForm } from './read-form.ts';

async function partsOf({ body, contentType }: Posted): Promise<FormPart[]> {
  const form = await readForm(body, contentType);
  if (!form.ok) throw new Error(form.reason);
  return form.parts;
}

const shown = (parts: readonly FormPart[]) =>
  parts.map((part) => [part.name, part.bytes().toString('latin1'), part.file]);

describe('a multipart form', () => {
  test('is its parts in order, repeated ones too, as the bytes they are', async () => {
    const parts = await partsOf(
      multipart([
        { name: 'text', value: Buffer.from([0xe1, 0x00, 0xff]) },
        { name: 'text', value: 'again', type: 'text/plain; charset=utf-16' },
        { name: 'olá', value: '' },
        { name: 'attachment1', value: 'a\r\n--xYzZ\r\nb', file: 'a.txt', type: 'Text/Plain; charset=latin1' },
      ]),
    );
    expect(shown(parts)).toEqual([
      ['text', '\xe1\x00\xff', null],
      ['text', 'again', null],
      ['olá', '', null],
      ['attachment1', 'a\r\n--xYzZ\r\nb', { name: 'a.txt', type: 'text/plain' }],
    ]);
  });

  test.each([
    ['', ''],
    ['.', '.'],
    ['..', '..'],
    [String.raw`\share\mail\forwarded.msg`, String.raw`\share\mail\forwarded.msg`],
    ['path\\', 'path\\'],
    [String.raw`a \"b\".txt`, 'a "b".txt'],
    ['../etc/passwd', '../etc/passwd'],
    ['relatório.pdf', 'relatório.pdf'],
  ])('keeps the file name %j as it is: %j', async (file, name) => {
    const [part] = await partsOf(multipart([{ name: 'a', value: 'x', file }]));
    expect(part?.file?.name).toBe(name);
  });

  test('that breaks off is what was there', async () => {
    const { body, contentType } = multipart(fieldsOf({ a: 'one', b: 'two' }));
    const cut = body.subarray(0, body.indexOf('two') + 2);
    expect(shown(await partsOf({ body: cut, contentType }))).toEqual([
      ['a', 'one', null],
      ['b', 'tw', null],
    ]);
  });

  test.each(['multipart/form-data', `multipart/form-data; boundary=${'b'.repeat(300)}`, 'text/plain', null])(
    'without a boundary to look for is none: %s',
    async (contentType) => {
      expect(await readForm(Buffer.from('--b\r\n\r\n'), contentType)).toEqual({
        ok: false,
        reason: 'not_a_form',
      });
    },
  );

  test('has the same digest under another boundary, and another for any other content', async () => {
    const fields = fieldsOf({ a: 'one', b: 'two' });
    const digest = async (posted: Posted) => digestOf(await partsOf(posted));
    const first = await digest(multipart(fields));
    expect(await digest(multipart(fields, 'another'))).toBe(first);
    expect(await digest(multipart(fieldsOf({ a: 'onet', b: 'wo' })))).not.toBe(first);
    expect(await digest(multipart(fieldsOf({ a: 'one', c: 'two' })))).not.toBe(first);
    expect(await digest(multipart([...fields, ...fields]))).not.toBe(first);
  });
});

describe('an urlencoded form', () => {
  test('is its fields in order, repeated ones too, as the bytes they are', async () => {
    const body = Buffer.from('a=%E1%00+b%2B&a=%zz%4&&c&=d&ol%C3%A1=1=2');
    expect(shown(await partsOf({ body, contentType: 'application/x-www-form-urlencoded' }))).toEqual([
      ['a', '\xe1\x00 b+', null],
      ['a', '%zz%4', null],
      ['c', '', null],
      ['', 'd', null],
      ['olá', '1=2', null],
    ]);
  });

  test('is what a browser makes of any text', async () => {
    const text = 'Olá & %41 = +\r\n\0 \u{1f600}';
    const [part] = await partsOf(urlencoded({ text }));
    expect(part?.bytes().toString('utf8')).toBe(text);
  });
});

describe('a large form', () => {
  const size = 40_000_000;
  const file = { name: 'a', value: Buffer.alloc(size, '\r\n--xYzZ'), file: 'a' };
  const hostile: [string, Posted][] = [
    ['one file', multipart([file])],
    ['parts without end', { ...multipart([]), body: Buffer.alloc(size, '--xYzZY\r\n\r\n\r\n') }],
    ['no part at all', { ...multipart([]), body: Buffer.alloc(size, '-') }],
    ['a header without end', { ...multipart([]), body: Buffer.alloc(size, '--xYzZY\r\nA: ') }],
    ['separators', { ...urlencoded({}), body: Buffer.alloc(size, '&') }],
    ['a name without end', { ...urlencoded({}), body: Buffer.alloc(size, '%41') }],
  ];

  test.each(hostile)(
    'of %s lets others have their turn while it is read',
    async (_, { body, contentType }) => {
      const reading = readForm(body, contentType).then(() => true);
      let longestUs = 0;
      for (let isRead = false; !isRead;) {
        const start = process.cpuUsage();
        isRead = await Promise.race([
          reading,
          new Promise<false>((resolve) => setImmediate(() => resolve(false))),
        ]);
        const { user, system } = process.cpuUsage(start);
        longestUs = Math.max(longestUs, user + system);
      }
      // Work, not time, because a machine may have other things to do; it takes some twenty milliseconds.
      expect(longestUs).toBeLessThan(250_000);
    },
  );

  test('has at most a thousand parts', async () => {
    const fields = Array.from({ length: 1_001 }, () => ({ name: 'a', value: 'x' }));
    const tooMany = { ok: false, reason: 'too_many_parts' };
    const { body, contentType } = multipart(fields);
    expect(await readForm(body, contentType)).toEqual(tooMany);
    expect(await partsOf(multipart(fields.slice(1)))).toHaveLength(1_000);
    const encoded = 'application/x-www-form-urlencoded';
    expect(await readForm(Buffer.from('a=x&'.repeat(1_001)), encoded)).toEqual(tooMany);
    expect(await readForm(Buffer.from('&'.repeat(1_001)), encoded)).toEqual(tooMany);
    expect(await partsOf({ body: Buffer.from('a=x&'.repeat(1_000)), contentType: encoded })).toHaveLength(
      1_000,
    );
  });

  test('has names that are cut', async () => {
    const name = 'n'.repeat(5_000);
    for (const posted of [multipart([{ name, value: 'x' }]), urlencoded({ [name]: 'x' })]) {
      expect((await partsOf(posted)).map((part) => part.name.length)).toEqual([200]);
    }
  });
});

test.each([
  ['Multipart/Form-Data ; boundary=B', 'multipart/form-data'],
  ['', ''],
  [null, ''],
])('the media type of %j is %j', (contentType, type) => {
  expect(mediaTypeOf(contentType)).toBe(type);
});
