import type { Channel } from './names.ts';

/** Deliveries on their way from the ingest services to the resolver. */
export const inboundStream = 'KITH_INBOUND';
/** Facts that the resolver tells everybody. */
export const eventsStream = 'KITH_EVENTS';
/** The newest state of each account, for the ingest services; internal. */
export const accountsStream = 'KITH_ACCOUNTS';

/** Webhooks that were answered 200 and wait to be read by their ingest service; internal. */
export const receivedStream = 'KITH_RECEIVED';
/** Files that messages named and that wait to be fetched by their ingest service; internal. */
export const mediaStream = 'KITH_MEDIA';
/** What is to be fetched of the past, by whichever ingest service can, and what it tells of it; internal. */
export const syncStream = 'KITH_SYNC';

/** Dead letters to be read again by their ingest service, and what it found; internal. */
export const replayStream = 'KITH_REPLAYS';

/** `kith.received.<channel>.<workspace>.<count>`: one message holds `count` webhooks, so that subjects can be counted. */
export const receivedSubject = (channel: Channel | '*', workspace: string, count: number | '*'): string =>
  `kith.received.${channel}.${workspace}.${count}`;

/** `kith.media.<channel>.<workspace>` */
export const mediaSubject = (channel: Channel | '*', workspace: string): string =>
  `kith.media.${channel}.${workspace}`;

/** `kith.inbound.<channel>.<workspace>` */
export const inboundSubject = (channel: Channel | '*', workspace: string): string =>
  `kith.inbound.${channel}.${workspace}`;

/** `kith.events.<workspace>.<entity>.<event>` */
export const eventSubject = (workspace: string, type: string): string => `kith.events.${workspace}.${type}`;

/** `kith.accounts.<workspace>.<accountId>` */
export const accountSubject = (workspace: string, accountId: string): string =>
  `kith.accounts.${workspace}.${accountId}`;

/** `kith.sync.tasks.<channel>.<workspace>.<partId>`: the newest message is where the part is. */
export const syncTaskSubject = (channel: Channel | '*', workspace: string, partId: string): string =>
  `kith.sync.tasks.${channel}.${workspace}.${partId}`;

/** `kith.sync.reports.<workspace>.<partId>.<page>` */
export const syncReportSubject = (workspace: string, partId: string, page: number | '*'): string =>
  `kith.sync.reports.${workspace}.${partId}.${page}`;

/** `kith.replays.tasks.<channel>.<workspace>` */
export const replayTaskSubject = (channel: Channel | '*', workspace: string): string =>
  `kith.replays.tasks.${channel}.${workspace}`;

/** `kith.replays.read.<channel>.<workspace>` */
export const replayedSubject = (channel: Channel | '*', workspace: string): string =>
  `kith.replays.read.${channel}.${workspace}`;
