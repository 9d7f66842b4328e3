import { describeIngestProcess } from '@kith/ingest/testing';

describeIngestProcess({ main: new URL('../dist/main.js', import.meta.url), provider: 'postmark' });
