/* The form of an account while it is filled in: what was typed, what is wrong, and sending it. */
import { kithError } from '@kith/client';
import { useKith } from '@kith/react';
import { useState } from 'react';
import {
  type Account,
  type AccountForm,
  type FieldErrors,
  formOf,
  inputOf,
  missingFields,
} from '../account-form.ts';
import { useRefreshAccounts } from '../account-reads.ts';
import { guides } from '../providers/guides.ts';

/** What the form is of: a new account of a provider, or one that is there. */
export type FormOf = Pick<Account, 'channel' | 'provider'> & {
  known?: Account;
  /** Accounts whose names a new one cannot have. */
  taken?: readonly Account[];
};

/** The state of the form; `onSaved` hears of what was saved. */
export function useAccountForm(of: FormOf, onSaved: (form: AccountForm) => void) {
  const { channel, provider, known, taken = [] } = of;
  const { client } = useKith();
  const guide = guides[provider];
  const [form, setForm] = useState(() => formOf(guide, known));
  const [errors, setErrors] = useState<FieldErrors>({});
  const [failure, setFailure] = useState<unknown>(null);
  const [isSaving, setSaving] = useState(false);
  const refresh = useRefreshAccounts();
  const save = async () => {
    const missing = missingFields(form, guide, { isNew: known === undefined, taken });
    setErrors(missing);
    setFailure(null);
    if (Object.keys(missing).length > 0) return;
    setSaving(true);
    try {
      const input = inputOf(form, { channel, provider, guide, ...(known === undefined ? {} : { known }) });
      await client.write.accounts.upsert.mutate(input);
      refresh();
      onSaved({ ...form, accountId: input.accountId });
    } catch (err) {
      const refused = errorsOf(err);
      setErrors(refused);
      setFailure(Object.keys(refused).length === 0 ? err : null);
    } finally {
      setSaving(false);
    }
  };
  return { form, setForm, errors, failure, isSaving, save };
}

/** What the service refuses, by the field of the form that it is about. */
function errorsOf(err: unknown): Record<string, string> {
  const known = kithError(err);
  if (known?.code !== 'bad_input') return {};
  const issues =
    known.issues.length > 0 ? known.issues : [{ field: known.field ?? '', message: known.message }];
  return Object.fromEntries(
    issues.map(({ field, message }) => [
      fieldOf(field),
      `${field === 'secrets' ? 'They' : 'It'} ${message}.`,
    ]),
  );
}

/** `identifiers.3` is a line of the one field `identifiers`. */
const fieldOf = (field: string): string => (field.startsWith('identifiers') ? 'identifiers' : field);
