import type { ProviderTools } from '@kith/ingest/provider';

/** For what must not need the network: asking for it fails the test. */
export const noNetwork: ProviderTools = {
  egress: {
    get: () => Promise.reject(new Error('the network was asked')),
    routeTo: () => {
      throw new Error('the network was asked');
    },
  },
};
