/*
 * The AsyncAPI 3.0 document of the events on NATS, made of the schemas by which they are written and of the stream as
 * it is declared. It describes whoever listens; the streams between Kith's own services are internal and not in it.
 */
import * as contracts from '@kith/contracts';
import {
  EventEnvelope,
  eventData,
  eventsStream,
  eventSubject,
  type EventType,
  eventTypes,
} from '@kith/contracts';
import * as z from 'zod';
import { kithStreams } from './streams.ts';

type JsonSchema = Record<string, unknown>;

/** An AsyncAPI document, as far as it is made here. */
export interface AsyncApiDocument {
  asyncapi: '3.0.0';
  info: { title: string; version: string; description: string };
  defaultContentType: string;
  servers: Record<string, object>;
  /** One for each type of event. */
  channels: Record<string, { address: string } & Record<string, unknown>>;
  operations: Record<string, object>;
  components: { messages: Record<EventType, { payload: JsonSchema }>; schemas: Record<string, JsonSchema> };
}

const description = `What happens in Kith, as whoever subscribes hears of it. Each message is a CloudEvents 1.0 event in JSON.
Events carry ids and no personal data: what they are about is read from the query service. They come at least once; the
same event always has the same id. Fields may be added within a schema version: tolerate those you do not know.`;

/** The document; its schema version is that of the events. */
export function createAsyncApi(): AsyncApiDocument {
  const { payloads, schemas } = writePayloads();
  return {
    asyncapi: '3.0.0',
    info: { title: 'Kith: events', version: '1', description: description.replaceAll('\n', ' ') },
    defaultContentType: 'application/cloudevents+json',
    servers: { nats: natsServer() },
    channels: Object.fromEntries(eventTypes.map((type) => [nameOf(type), channelOf(type)])),
    operations: Object.fromEntries(eventTypes.map((type) => [`on.${type}`, operationOf(type)])),
    components: {
      messages: Object.fromEntries(
        eventTypes.map((type) => [type, { name: type, title: type, payload: payloads[type] }]),
      ) as unknown as AsyncApiDocument['components']['messages'],
      schemas,
    },
  };
}

function natsServer(): object {
  const streams = kithStreams({ receivedBytesMax: 0, inboundBytesMax: 0, eventsBytesMax: 0 });
  const events = streams.find(({ name }) => name === eventsStream);
  return {
    host: '{address}',
    protocol: 'nats',
    description: `NATS with JetStream. The stream ${eventsStream} keeps events for ${events?.maxAgeDays ?? 0} days: a consumer of it goes on where it was.`,
    variables: {
      address: { default: '127.0.0.1:4420', description: 'As in NATS_URL; this is where npm start has it.' },
    },
    bindings: { nats: {} },
    'x-jetstream': {
      stream: eventsStream,
      subjects: events?.subjects,
      retention: 'limits',
      storage: 'file',
      maxAgeDays: events?.maxAgeDays,
    },
  };
}

/** `participant.linked` as a name to refer to: a dot would do, and trips some generators. */
const nameOf = (type: EventType): string => type.replace('.', '_');

function channelOf(type: EventType): { address: string } & Record<string, unknown> {
  return {
    address: eventSubject('{workspace}', type),
    servers: [{ $ref: '#/servers/nats' }],
    parameters: { workspace: { description: 'The name of the workspace; in a subscription * is any.' } },
    messages: { event: { $ref: `#/components/messages/${type}` } },
    bindings: { nats: {} },
  };
}

function operationOf(type: EventType): object {
  return {
    action: 'receive',
    channel: { $ref: `#/channels/${nameOf(type)}` },
    messages: [{ $ref: `#/channels/${nameOf(type)}/messages/event` }],
    bindings: { nats: { bindingVersion: '0.1.0' } },
  };
}

/** The envelope with the data of each type. Schemas that the contracts name are written once. */
function writePayloads(): { payloads: Record<string, JsonSchema>; schemas: Record<string, JsonSchema> } {
  const registry = z.registry<{ id: string }>();
  for (const [id, value] of Object.entries(contracts)) {
    if (value instanceof z.ZodType) registry.add(value, { id });
  }
  const events = eventTypes.map((type) => [
    type,
    EventEnvelope.extend({ type: z.literal(type), data: eventData[type] }),
  ]);
  // As a reader reads them, `io: 'input'`, unknown fields are no error.
  const all = z.object(Object.fromEntries(events) as Record<string, z.ZodType>);
  const written = z.toJSONSchema(all, { metadata: registry, io: 'input', target: 'draft-7' });
  const { properties, definitions } = JSON.parse(
    JSON.stringify(written).replaceAll('"#/definitions/', '"#/components/schemas/'),
  ) as { properties: Record<string, JsonSchema>; definitions: Record<string, JsonSchema> };
  const named = Object.entries(definitions).map(([name, { id: _id, ...schema }]) => [name, schema]);
  return { payloads: properties, schemas: Object.fromEntries(named) as Record<string, JsonSchema> };
}
