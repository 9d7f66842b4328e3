import * as contracts from '@kith/contracts';
import type { ApiDescription } from '@kith/service';

/** What the OpenAPI document says of the writes. */
export const about: ApiDescription = {
  title: 'Kith: writes',
  description: 'Everything that Kith is told: records of the CRM, links that people make, accounts and keys.',
  shapes: contracts,
};
