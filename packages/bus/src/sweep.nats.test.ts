import { randomUUID } from 'node:crypto';
import { inboundStream, inboundSubject } from '@kith/contracts';
import { startTestNats } from '@kith/stack/testing';
import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { expect, test } from 'vitest';
import { openBus } from './bus.ts';
import { sweep } from './sweep.ts';
import { declareTestStreams } from './testing.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };

test('what was settled and is there is handed out again; the rest and other subjects stay as they are', async () => {
  await using nats = await startTestNats();
  await using bus = await openBus({ url: nats.url, name: 'test', log: silent });
  await declareTestStreams(bus);
  const send = (channel: 'email' | 'whatsapp', text: string) =>
    bus.publish(inboundSubject(channel, 'acme'), Buffer.from(text), { messageId: randomUUID() });
  for (const text of ['1', '2', '3']) await send('email', text);
  await send('whatsapp', 'not ours');
  const connection = await connect({ servers: nats.url });
  const [client, manager] = [jetstream(connection), await jetstreamManager(connection)];
  // In a stream of this kind settled messages stay, as they do in a work queue whose server was killed.
  const subject = inboundSubject('email', '*');
  await manager.consumers.add(inboundStream, {
    durable_name: 'worker',
    ack_policy: AckPolicy.Explicit,
    filter_subject: subject,
  });
  const consumer = await client.consumers.get(inboundStream, 'worker');
  const fetch = async (count: number) => {
    const texts: string[] = [];
    for await (const message of await consumer.fetch({ max_messages: count, expires: 5_000 })) {
      texts.push(message.string());
      await message.ackAck();
    }
    return texts;
  };
  const queue = { stream: inboundStream, durable: 'worker', subject };
  expect(await sweep({ client, manager }, queue)).toBe(0);
  expect(await fetch(2)).toEqual(['1', '2']);
  expect(await sweep({ client, manager }, queue)).toBe(2);
  expect(await fetch(3)).toEqual(['3', '1', '2']);
  const left = await bus.subjectCounts(inboundStream, inboundSubject('*', '*'));
  expect(Object.fromEntries(left)).toEqual({
    [inboundSubject('email', 'acme')]: 3,
    [inboundSubject('whatsapp', 'acme')]: 1,
  });
  await connection.close();
});
