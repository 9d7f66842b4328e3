/*
 * For tests of ingest services: a whole one in the process over a real nats-server, and the suite that every
 * provider passes. Imported by tests only.
 */
export { openEgress } from './open-egress.ts';
export {
  describeIngestProcess,
  type IngestProcess,
  processSecretKey,
  startIngestProcess,
} from './testing/ingest-process.ts';
export {
  describeHistoryContract,
  type HistoryCase,
  type HistoryHost,
  type PostedBody,
} from './testing/history-contract.ts';
export { describeProviderContract, type ProviderCase } from './testing/provider-contract.ts';
export { startTestIngest, type TestIngest, type TestIngestOptions } from './testing/test-ingest.ts';
