/*
 * What was typed into the form of an account, and what `accounts.upsert` is sent of it. Secrets are never read back, so
 * an account that only changes keeps them where all of them are left empty, and has them replaced where one is not.
 */
import type { Channel, Provider, ReadOutputs, WriteInputs } from '@kith/client';
import type { GuideField, ProviderGuide } from './providers/guide.ts';

export type Account = ReadOutputs['accounts']['list']['items'][number];
export type AccountInput = WriteInputs['accounts']['upsert'];
type Texts = Readonly<Record<string, string>>;

/** What was typed. */
export interface AccountForm {
  accountId: string;
  /** One a line. */
  identifiers: string;
  secrets: Texts;
  settings: Texts;
}

/** What is wrong, by field: `accountId`, `identifiers`, `secrets.token`, `settings.imap.host`; `''` is the whole. */
export type FieldErrors = Readonly<Record<string, string>>;

/** The form of an account that is there already; of a new one it is empty. */
export function formOf(guide: ProviderGuide, account?: Account): AccountForm {
  return {
    accountId: account?.accountId ?? '',
    identifiers: (account?.identifiers ?? []).map(({ value }) => value).join('\n'),
    secrets: {},
    settings: Object.fromEntries(guide.settings.map(({ key }) => [key, textAt(account?.settings, key)])),
  };
}

/** What to send. `known` is the account that changes: its settings that the form does not show are kept. */
export function inputOf(
  form: AccountForm,
  account: { channel: Channel; provider: Provider; guide: ProviderGuide; known?: Account },
): AccountInput {
  const { channel, provider, guide, known } = account;
  const secrets = valuesOf(guide.secrets, form.secrets);
  const keepsSecrets = known !== undefined && Object.keys(secrets).length === 0;
  return {
    accountId: form.accountId.trim(),
    channel,
    provider,
    identifiers: linesOf(form.identifiers),
    settings: settingsOf(guide, form.settings, known?.settings ?? {}),
    ...(keepsSecrets ? {} : { secrets }),
  };
}

const accountIdForm = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/;

/** What is missing before anything is sent; of an account that changes the secrets may all be left out. */
export function missingFields(
  form: AccountForm,
  guide: ProviderGuide,
  { isNew, taken = [] }: { isNew: boolean; taken?: readonly Pick<Account, 'accountId'>[] },
): FieldErrors {
  const errors: Record<string, string> = {};
  const nameError = isNew ? errorOfName(form.accountId.trim(), taken) : null;
  if (nameError !== null) errors['accountId'] = nameError;
  const keepsSecrets = !isNew && Object.values(form.secrets).every(isEmpty);
  if (!keepsSecrets) addMissing(errors, 'secrets', { fields: guide.secrets, texts: form.secrets });
  addMissing(errors, 'settings', { fields: guide.settings, texts: form.settings });
  return errors;
}

function errorOfName(accountId: string, taken: readonly Pick<Account, 'accountId'>[]): string | null {
  if (!accountIdForm.test(accountId))
    return 'Use letters, digits, “-” and “_”, and begin with a letter or digit.';
  // Sending it would replace that account.
  if (taken.some((account) => account.accountId === accountId))
    return 'An account of this name is connected.';
  // Its page would be the form's.
  return accountId === 'connect' ? 'Choose another name.' : null;
}

function addMissing(
  errors: Record<string, string>,
  group: 'secrets' | 'settings',
  { fields, texts }: { fields: readonly GuideField[]; texts: Texts },
): void {
  for (const { key, isRequired } of fields) {
    if (isRequired && isEmpty(texts[key])) errors[`${group}.${key}`] = 'It cannot be empty.';
  }
}

const isEmpty = (text: string | undefined): boolean => (text ?? '').trim() === '';

const linesOf = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

function valuesOf(fields: readonly GuideField[], texts: Texts): Record<string, unknown> {
  const filled = fields.filter(({ key }) => !isEmpty(texts[key]));
  return Object.fromEntries(filled.map((field) => [field.key, valueOf(field, texts[field.key] ?? '')]));
}

function valueOf({ form }: GuideField, text: string): unknown {
  if (form === 'lines') return linesOf(text);
  return form === 'number' ? Number(text) : text.trim();
}

type Settings = Readonly<Record<string, unknown>>;

function settingsOf({ settings }: ProviderGuide, texts: Texts, known: Settings): Record<string, unknown> {
  const next: Record<string, unknown> = { ...known };
  const values = valuesOf(settings, texts);
  for (const { key } of settings) setAt(next, key, values[key]);
  return next;
}

/** Sets what a path names, or removes it; what becomes empty thereby is removed too. */
function setAt(target: Record<string, unknown>, path: string, value: unknown): void {
  const [key = '', rest] = path.split('.', 2);
  if (rest !== undefined) {
    const inner = { ...asRecord(target[key]) };
    setAt(inner, rest, value);
    value = Object.keys(inner).length === 0 ? undefined : inner;
  }
  if (value === undefined) Reflect.deleteProperty(target, key);
  else target[key] = value;
}

function textAt(settings: Settings | undefined, path: string): string {
  const [key = '', rest] = path.split('.', 2);
  const value = settings?.[key];
  if (rest !== undefined) return textAt(asRecord(value), rest);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
