/*
 * The accounts that history belongs to. They exist to be told apart and taken back: nobody posts to them, and their
 * secrets are random and kept nowhere.
 */
import { randomBytes } from 'node:crypto';
import type { KithClient, WriteInputs } from '@kith/client';
import { type Channel, type Identifier, type IdentifierKind, identifyingKinds } from '@kith/contracts';
import { readIdentifier } from '@kith/identity';
import { CliFailure } from '../failure.ts';
import { channels, keyOf, type OwnIdentities } from './identify.ts';
import type { Mapping } from './mapping.ts';

type Provider = WriteInputs['accounts']['upsert']['provider'];

const random = (): string => randomBytes(32).toString('base64url');

const secretsOf: Partial<Record<Provider, () => Record<string, string>>> = {
  mime: () => ({ token: random() }),
  meta: () => ({ appSecret: random(), verifyToken: random() }),
  twilio: () => ({ authToken: random() }),
  unipile: () => ({ webhookSecret: random(), apiVersion: 'v2' }),
};

/** Connects an account for each of the channels that is not connected yet; one that is stays as it is. */
export async function connectAccounts(
  kith: KithClient,
  mapping: Mapping,
  needed: readonly Channel[],
): Promise<void> {
  const { items } = await kith.read.accounts.list.query();
  for (const channel of needed) {
    const { accountId, provider } = mapping.accounts[channel];
    const known = items.find((account) => account.accountId === accountId);
    if (known !== undefined && (known.channel !== channel || known.provider !== provider)) {
      throw new CliFailure(
        `accounts.${channel}: ${accountId} is a ${known.provider} account of ${known.channel}; choose another accountId.`,
      );
    }
    const own = ownOn(mapping, channel);
    const told = new Set(known?.identifiers.map(keyOf));
    if (known !== undefined && own.every(({ key }) => told.has(key))) continue;
    await kith.write.accounts.upsert.mutate({
      accountId,
      channel,
      provider: provider as Provider,
      identifiers: [
        ...new Set([
          ...own.map(({ value }) => value),
          ...(known?.identifiers ?? []).map(({ value }) => value),
        ]),
      ],
      ...(known === undefined ? { secrets: secretsOf[provider as Provider]?.() ?? {} } : {}),
    });
  }
}

function ownOn(mapping: Mapping, channel: Channel): { key: string; value: string }[] {
  const own = ownInMapping(mapping).filter((found) => channelOfKind(found.kind) === channel);
  return own.map((found) => ({ key: keyOf(found), value: found.value }));
}

const channelOfKind = (kind: IdentifierKind): Channel =>
  channels.find((channel) => identifyingKinds[channel].some((each) => each === kind)) ?? 'email';

/** The company's own identities: what the mapping names, and Kith's accounts and team where there is a Kith. */
export async function readOwnIdentities(kith: KithClient | null, mapping: Mapping): Promise<OwnIdentities> {
  const named = ownInMapping(mapping).map(keyOf);
  if (kith === null) return { keys: new Set(named), domains: new Set() };
  const { items } = await kith.read.accounts.list.query();
  const team = await kith.read.team.get.query();
  const known = [...items.flatMap(({ identifiers }) => identifiers), ...team.identifiers].map(keyOf);
  return { keys: new Set([...named, ...known]), domains: new Set(team.domains) };
}

function ownInMapping({ own, defaultCountry }: Mapping): Identifier[] {
  return own.map((text) => {
    const read = readIdentifier(text, { defaultCountry });
    if (read.ok) return { kind: read.kind, value: read.key };
    throw new CliFailure(`own: "${text}" is no address, no number with its prefix and no LinkedIn URL.`);
  });
}
