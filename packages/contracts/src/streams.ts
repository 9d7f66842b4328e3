import type { Channel } from './names.ts';

/** Deliveries on their way from the ingest services to the resolver. */
export const inboundStream = 'KITH_INBOUND';
/** Facts that the resolver tells everybody. */
export const eventsStream = 'KITH_EVENTS';
/** The newest state of each account, for the ingest services; internal. */
export const accountsStream = 'KITH_ACCOUNTS';

/** `kith.inbound.<channel>.<workspace>` */
export const inboundSubject = (channel: Channel | '*', workspace: string): string =>
  `kith.inbound.${channel}.${workspace}`;

/** `kith.events.<workspace>.<entity>.<event>` */
export const eventSubject = (workspace: string, type: string): string => `kith.events.${workspace}.${type}`;

/** `kith.accounts.<workspace>.<accountId>` */
export const accountSubject = (workspace: string, accountId: string): string =>
  `kith.accounts.${workspace}.${accountId}`;
