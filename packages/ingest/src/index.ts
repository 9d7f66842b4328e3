export { type RefusalCode, refusals, type WebhookOutcome } from './answer/outcome.ts';
export { cleanText, cutText } from './clean-text.ts';
export {
  type Egress,
  EgressFailed,
  EgressRefused,
  type EgressRequest,
  type EgressResponse,
  type EgressRoute,
} from './egress.ts';
export { type IngestOptions, openIngest } from './open-ingest.ts';
export {
  type AccountGuard,
  defineProvider,
  type HistoryAnswer,
  type HistoryBody,
  type HistoryFailure,
  type HistoryQuestion,
  type IncludedAttachment,
  IngestUnavailable,
  type MediaLocator,
  type MediaResult,
  type ParsedAttachment,
  type ParsedItem,
  type ParsedMessage,
  type Provider,
  type ProviderSpec,
  type ProviderTools,
  type ReceivedBody,
  type RemoteAttachment,
  type SignedRequest,
  TryAgainLater,
  type Verdict,
} from './provider.ts';
export { type IngestConfig, ingestSettings, type ReaderConfig } from './settings.ts';
export type { ReadItem } from './encode-items.ts';
export { openReaders, type Readers, type ReadersOptions } from './work/readers.ts';
