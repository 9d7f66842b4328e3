export { cleanText, cutText } from './clean-text.ts';
export { type IngestOptions, openIngest } from './open-ingest.ts';
export { type RefusalCode, refusals, type WebhookOutcome } from './outcome.ts';
export {
  type AccountGuard,
  defineProvider,
  IngestUnavailable,
  type ParseContext,
  type ParsedAttachment,
  type ParsedItem,
  type ParsedMessage,
  type Provider,
  type ProviderSpec,
  type SignedRequest,
  type Verdict,
} from './provider.ts';
export { publishDelivery, type Publication, type PublishParts } from './publish.ts';
export { type IngestConfig, ingestSettings } from './settings.ts';
