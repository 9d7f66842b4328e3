import * as contracts from '@kith/contracts';
import type { ApiDescription } from '@kith/service';
import * as shapes from './shapes.ts';

/** What the OpenAPI document says of the reads. */
export const about: ApiDescription = {
  title: 'Kith: reads',
  description:
    'Everything that Kith answers: records, conversations, messages, participants, and streams of what happens to them.',
  shapes: { ...contracts, ...shapes },
};
