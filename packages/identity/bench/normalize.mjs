/*
 * What each function costs: microseconds per call on typical texts, and on hostile texts of a megabyte, both also as a
 * multiple of `text.normalize('NFC').toLowerCase()` on the same text in the same run. Absolute times are this
 * machine's; the multiples compare between machines. Needs the built package: `pnpm --filter @kith/identity build`.
 */
import * as identity from '../dist/index.js';

const typical = {
  normalizeEmail: ['ana.lima@lima.example', 'Ana Lima <Ana.Lima+x@Googlemail.com>', 'ana@münchen.de'],
  classifyEmail: ['ana.lima@lima.example', 'comments-noreply@docs.google.com', 'sales@lima.example'],
  companyDomain: ['ana@mail.lima.co.uk', 'https://www.lima.example/x', 'ana@gmail.com'],
  normalizePhone: ['+55 11 98765-4321', 'tel:+1-415-555-2671;ext=5', '+54 11 15-2345-6789'],
  normalizeWhatsApp: ['5511987654321', '33660036335:12@s.whatsapp.net', 'US.13491208655302741918'],
  normalizeLinkedIn: ['https://www.linkedin.com/in/Ana-Lima/', 'urn:li:member:42', 'ACoAAAcDMMQBODyLwZrRcg'],
  readIdentifier: ['ana@lima.example', '+55 11 98765-4321', 'https://www.linkedin.com/in/ana-lima'],
  foldName: ['Lima, Ana', 'Dr. Zoë MÜLLER-Łoś'],
  findIdentifiers: [
    'Ana Lima\nAcme Ltd\nT +55 11 98765-4321\nana@lima.example\nwww.linkedin.com/in/ana-lima',
  ],
  findSignature: [
    'The offer is attached.\n\nRegards,\nAna Lima\n\nOn Mon, Nov 1 Bob <b@ray.example> wrote:\n> When?',
  ],
};
const megabyte = 1_000_000;
const hostile = [
  ...[
    'a',
    'a@',
    'a@b.',
    '@',
    '(',
    '"',
    '<',
    '\\',
    '+',
    '1',
    '+1 ',
    '1-',
    '(0)',
    ' ',
    '\n',
    'x1',
    '/in/',
    '%25',
  ],
  ...[
    'urn:li:',
    'linkedin.com/in/',
    'http://',
    '-- \n',
    '> ',
    'on\n',
    'From: x\n',
    '\u200d',
    '٣',
    'é',
    '😀',
    '\ud800',
  ],
].map((part) => part.repeat(megabyte / part.length));

const baseline = (text) => text.normalize('NFC').toLowerCase();
const rows = Object.keys(typical).map((name) => {
  const run = identity[name];
  const usual = microsPerCall(run, typical[name]);
  const worst = hostile
    .map((text) => ({ text, micros: microsPerCall(run, [text]) }))
    .toSorted((one, other) => other.micros - one.micros)[0];
  return {
    function: name,
    'typical µs': round(usual),
    '× baseline': round(usual / microsPerCall(baseline, typical[name])),
    'worst megabyte µs': round(worst.micros),
    '× its baseline': round(worst.micros / microsPerCall(baseline, [worst.text])),
    'of repeated': JSON.stringify(worst.text.slice(0, 16)),
  };
});
console.table(rows);

/** The best of several rounds, because whatever else the machine does only adds. */
function microsPerCall(run, texts) {
  microsOfRound(run, texts, 60);
  const rounds = Array.from({ length: 9 }, () => microsOfRound(run, texts, 4));
  return Math.min(...rounds);
}

function microsOfRound(run, texts, roundMs) {
  let calls = 0;
  const start = performance.now();
  do {
    for (const text of texts) run(text);
    calls += texts.length;
  } while (performance.now() - start < roundMs);
  return ((performance.now() - start) * 1_000) / calls;
}

function round(value) {
  return Number(value.toPrecision(3));
}
