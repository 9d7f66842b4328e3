import { describe, expect, test } from 'vitest';
import { mediaOf } from './media.ts';

describe('a file of a message', () => {
  test.each([
    [{ id: '9' }, 'meta:9', { mediaId: '9' }],
    [{ id: 9, url: 'https://x.example/a' }, 'meta:9', { mediaId: '9', url: 'https://x.example/a' }],
    [{ id: '9', link: 'https://x.example/a' }, 'meta:9', { mediaId: '9' }],
    [{ link: 'https://x.example/a' }, expect.stringMatching(/^meta:url:/), { link: 'https://x.example/a' }],
    [{ id: 'x'.repeat(401), url: 'https://x.example/a' }, expect.any(String), { url: 'https://x.example/a' }],
  ])('%j is found by %s', (part, key, locator) => {
    expect(mediaOf(part, 'image')).toMatchObject([{ media: { key } }]);
    expect(mediaOf(part, 'image')[0]?.media.locator).toEqual(locator);
  });

  test.each([null, 7, {}, { id: '' }, { id: {} }, { url: 'javascript:1' }, { link: 'file:///etc/passwd' }])(
    'is none where %j names none',
    (part) => {
      expect(mediaOf(part, 'image')).toEqual([]);
    },
  );

  test.each([
    [48213, 48213],
    ['48213', 48213],
    [-1, null],
    [1.5, null],
    [1e300, null],
    [undefined, null],
  ])('of %s bytes has the size %s', (file_size, size) => {
    expect(mediaOf({ id: '9', file_size }, 'image')).toMatchObject([{ media: { size } }]);
  });

  test.each([
    [
      { filename: ' Contract.pdf ', mime_type: 'application/pdf' },
      'document',
      'Contract.pdf',
      'application/pdf',
    ],
    [{ mime_type: 'audio/ogg; codecs=opus', voice: true }, 'audio', 'voice.ogg', 'audio/ogg'],
    [{ mime_type: 'IMAGE/JPEG' }, 'image', 'image.jpg', 'image/jpeg'],
    [{ mime_type: 'application/x-tomorrow' }, 'document', 'document', 'application/x-tomorrow'],
    [{}, '../../x', 'file', 'application/octet-stream'],
  ])('%j is called by what it is', (part, kind, name, type) => {
    expect(mediaOf({ id: '9', ...part }, kind)).toMatchObject([
      { name, type, inline: false, contentId: null },
    ]);
  });
});
