/*
 * What hostile and huge bodies cost the others: posts each to the built services, and prints the answer, the longest
 * time that the event loop stood still meanwhile, and the memory of the process. The first row is an ordinary body.
 */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { setTimeout as delay } from 'node:timers/promises';
import { cases } from './bench-ingest/bodies.mjs';
import { drain, hardware, withProcesses } from './bench-ingest/processes.mjs';

const [meta, postmark] = cases;
const sign = (body) => `sha256=${createHmac('sha256', meta.secrets.appSecret).update(body).digest('hex')}`;
const deep = `{"object":"whatsapp_business_account","entry":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`;
const proto = meta.body.replace('{', '{"__proto__":{"admin":true},"constructor":{"prototype":{"x":1}},');
const base64 = Buffer.alloc(30_000_000, 'file').toString('base64').replace(/.{76}/g, '$&\r\n');
const mail = [
  ...['From: Ana Lima <ana@lima.example>', 'To: sales@acme.example', 'Subject: Plans', 'MIME-Version: 1.0'],
  ...['Message-ID: <huge@lima.example>', 'Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'Hello'],
  ...[
    '--b',
    'Content-Type: application/pdf; name=plan.pdf',
    'Content-Transfer-Encoding: base64',
    '',
    base64,
    '--b--',
  ],
].join('\r\n');
const inbound = JSON.stringify({ ...JSON.parse(postmark.body), RawEmail: mail });

const chats = [
  ['an ordinary message', meta.body],
  ['10,000 messages of history', history(10_000)],
  ['a million nested lists', deep],
  ['keys named __proto__', proto],
  ['40 MB of zeros, zipped', gzipSync(Buffer.alloc(40_000_000, '0')), { 'content-encoding': 'gzip' }],
  ['half a body', meta.body.slice(0, 300)],
];
const mails = [
  ['an ordinary mail', postmark.body],
  ['a mail of 30 MB, raw in JSON', inbound],
  ['a mail of 30 MB, zipped', gzipSync(inbound, { level: 1 }), { 'content-encoding': 'gzip' }],
  ['200,000 recipients', JSON.stringify({ ...JSON.parse(postmark.body), ToFull: crowd(200_000) })],
];

const rows = [];
await withProcesses(async ({ bus, startService }) => {
  const whatsapp = await startService(meta.service);
  const whatsappUrl = await whatsapp.connect(meta);
  for (const [name, body, headers] of chats) {
    const signed = { ...meta.headers, 'x-hub-signature-256': sign(body), ...headers };
    rows.push(await measure({ bus, service: whatsapp }, { name, url: whatsappUrl, body, headers: signed }));
  }
  const email = await startService(postmark.service);
  const emailUrl = await email.connect(postmark);
  for (const [name, body, headers] of mails) {
    const proved = { ...postmark.headers, ...headers };
    rows.push(await measure({ bus, service: email }, { name, url: emailUrl, body, headers: proved }));
  }
});
console.log(hardware());
console.table(rows);

async function measure({ bus, service }, { name, url, body, headers }) {
  await delay(300);
  await lagOf(service.url);
  const began = performance.now();
  const response = await fetch(url, { method: 'POST', headers, body });
  const answered = performance.now() - began;
  await response.text();
  const read = await drain(bus);
  return {
    body: name,
    bytes: Buffer.byteLength(body),
    status: response.status,
    'answered after ms': Math.round(answered),
    'read after s': read,
    'loop stood still ms': Math.round((await lagOf(service.url)) * 1000),
    'memory MB': memoryOf(service.child.pid),
  };
}

/** The longest since the last look. */
async function lagOf(url) {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(metrics)?.[1] ?? Number.NaN);
}

function memoryOf(pid) {
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}

function history(count) {
  const messages = Array.from({ length: count }, (_, index) => ({
    from: index % 2 === 0 ? '15550783881' : '16505551234',
    to: index % 2 === 0 ? '16505551234' : '15550783881',
    id: `wamid.history${index}`,
    timestamp: String(1_739_230_955 + index),
    type: 'text',
    text: { body: `Message number ${index} of a long history, with a sentence or two in it.` },
    history_context: { status: 'READ' },
  }));
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15550783881', phone_number_id: '106540352242922' },
    history: [
      { metadata: { phase: 0, chunk_order: 1, progress: 55 }, threads: [{ id: '16505551234', messages }] },
    ],
  };
  const entry = [{ id: '102290129340398', changes: [{ field: 'history', value }] }];
  return JSON.stringify({ object: 'whatsapp_business_account', entry });
}

function crowd(count) {
  return Array.from({ length: count }, (_, index) => ({
    Email: `person-${index}@somewhere.example`,
    Name: '',
  }));
}
