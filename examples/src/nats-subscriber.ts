/*
 * Tells of every link as it is made: a durable consumer of NATS JetStream, for services that must hear of everything,
 * also of what happened while they were away. Prints a line of JSON for each link.
 *
 *     KITH_WORKSPACE=demo NATS_URL=nats://127.0.0.1:4420 node examples/dist/nats-subscriber.js
 */
import { eventData, EventEnvelope, eventsStream, eventSubject } from '@kith/contracts';
import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager, type JsMsg } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';

const { env } = process;
const workspace = env['KITH_WORKSPACE'] ?? 'demo';
const durable = `example-links-${workspace}`;

const connection = await connect({
  servers: env['NATS_URL'] ?? 'nats://127.0.0.1:4420',
  maxReconnectAttempts: -1,
});
const manager = await jetstreamManager(connection);
// Made once; a consumer of this name that is there already goes on where it was.
await manager.consumers.add(eventsStream, {
  durable_name: durable,
  filter_subject: eventSubject(workspace, 'participant.linked'),
  ack_policy: AckPolicy.Explicit,
  deliver_policy: DeliverPolicy.All,
});
const consumer = await jetstream(connection).consumers.get(eventsStream, durable);
const messages = await consumer.consume();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => messages.stop());

for await (const message of messages) handle(message);
await connection.drain();

/** An event may come twice: `id` is then the same. What was handled is acknowledged, and does not come again. */
function handle(message: JsMsg): void {
  const envelope = EventEnvelope.safeParse(readJson(message));
  const link = eventData['participant.linked'].safeParse(envelope.data?.data);
  if (envelope.data !== undefined && link.data !== undefined) {
    console.log(JSON.stringify({ id: envelope.data.id, at: envelope.data.time, ...link.data }));
  }
  message.ack();
}

function readJson(message: JsMsg): unknown {
  try {
    return message.json();
  } catch {
    return undefined;
  }
}
