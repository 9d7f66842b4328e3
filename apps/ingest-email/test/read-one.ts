import type { ParsedItem, Provider } from '@kith/ingest/provider';

/** The one item that a provider finds in a body; throws when it finds several. */
export async function readOne(
  provider: Provider,
  body: Uint8Array,
  contentType: string | null = null,
): Promise<ParsedItem> {
  const account = { workspace: 'acme', accountId: 'support', settings: {} };
  const [item, ...others] = await provider.read({ body, contentType, ...account });
  if (item === undefined || others.length > 0) throw new Error(`${others.length + 1} items`);
  return item;
}
