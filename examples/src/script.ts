/*
 * Imports a record and prints its timeline: every conversation with the person, on every channel, in one stream.
 *
 *     KITH_API_KEY=… node examples/dist/script.js
 */
import { createKithClient, kithError, pages } from '@kith/client';

const { env } = process;
const kith = createKithClient({
  queryUrl: env['KITH_QUERY_URL'] ?? 'http://127.0.0.1:4401',
  resolverUrl: env['KITH_RESOLVER_URL'] ?? 'http://127.0.0.1:4402',
  apiKey: env['KITH_API_KEY'] ?? '',
});

try {
  // How the CRM's fields are read. Saying it again changes nothing.
  await kith.write.pipelines.upsert.mutate({
    pipeline: 'examples',
    fields: [
      { key: 'email', type: 'email', identifies: true },
      { key: 'phone', type: 'phone', identifies: true },
    ],
    keepOthers: true,
  });
  const { linked } = await kith.write.records.upsert.mutate({
    pipeline: 'examples',
    recordId: 'example-ana',
    title: 'Ana Lima',
    fields: { email: 'ana@lima.example', phone: ['+55 11 98765-4321'] },
  });
  console.log(`Ana Lima is in; ${linked} participants were hers and are linked now.`);

  for await (const message of pages(kith.read.records.timeline, { recordId: 'example-ana' })) {
    const who = message.sender.displayName ?? message.sender.identifier ?? 'somebody';
    console.log(`${message.sentAt}  ${message.channel}  ${who}: ${message.text.trim()}`);
  }
} catch (err) {
  const known = kithError(err);
  console.error(known === null ? String(err) : `${known.code}: ${known.message}`);
  process.exitCode = 1;
}
