import { FailureLine } from '@kith/react/parts';
import type { Channel } from '@kith/client';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { FieldErrors } from '../account-form.ts';
import type { GuideField } from '../providers/guide.ts';
import { guides } from '../providers/guides.ts';
import { FormField } from './form-field.tsx';
import { type FormOf, type useAccountForm } from './use-account-form.ts';

type Form = ReturnType<typeof useAccountForm>;

const ownFields = {
  email: {
    label: 'Own addresses',
    hint: 'One a line. Who writes from these is your team, and is never linked.',
    example: 'support@acme.example',
  },
  whatsapp: {
    label: 'Own numbers',
    hint: 'One a line, with + and the country. Others that arrive are learned by themselves.',
    example: '+44 20 7946 0999',
  },
  linkedin: {
    label: 'Own profile',
    hint: 'The address of the LinkedIn profile that is connected.',
    example: 'https://www.linkedin.com/in/jo-park',
  },
} as const satisfies Record<Channel, { label: string; hint: string; example: string }>;

const linesField = { isRequired: false, form: 'lines' } as const;

const newHint = 'They are kept sealed and never shown again.';
const knownHint =
  'They are kept sealed and never shown. Leave all of them empty to keep them; otherwise put in all that are needed, since the new ones replace the old.';

const isOwn = ({ isForHistory }: GuideField): boolean => isForHistory !== true;

const nameField: GuideField = {
  key: 'accountId',
  label: 'Name of the account',
  hint: 'It becomes part of the address, and cannot be changed later.',
  isRequired: true,
  form: 'words',
  example: 'support-mail',
};

/** The fields of an account, with the button that sends them. `address` stands below the name of a new one. */
export function AccountFields(props: {
  of: FormOf;
  state: Form;
  submit: string;
  address?: ReactNode;
  onCancel?: () => void;
}) {
  const { of, state, address } = props;
  const { form, setForm, errors } = state;
  const guide = guides[of.provider];
  const element = useFocusOnError(errors);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!state.isSaving) void state.save();
  };
  return (
    <form ref={element} className="account-form" onSubmit={submit} noValidate>
      {of.known === undefined && (
        <FormField
          field={nameField}
          value={form.accountId}
          error={errors['accountId']}
          onChange={(accountId) => setForm({ ...form, accountId })}
        />
      )}
      {address}
      <fieldset className="field-group">
        <legend>Credentials</legend>
        <p className="kith-hint">{of.known === undefined ? newHint : knownHint}</p>
        <Fields state={state} group="secrets" fields={guide.secrets.filter(isOwn)} />
      </fieldset>
      {errors['secrets'] !== undefined && (
        <p className="kith-problem" role="alert">
          {errors['secrets']}
        </p>
      )}
      <FormField
        field={{ key: 'identifiers', ...ownFields[of.channel], ...linesField }}
        value={form.identifiers}
        error={errors['identifiers']}
        onChange={(identifiers) => setForm({ ...form, identifiers })}
      />
      <HistoryFields of={of} state={state} />
      {state.failure !== null && <FailureLine err={state.failure} />}
      <p className="form-actions">
        <button type="submit" className="kith-button-primary" aria-disabled={state.isSaving}>
          {state.isSaving ? 'Saving…' : props.submit}
        </button>
        {props.onCancel !== undefined && (
          <button type="button" className="kith-button" onClick={props.onCancel}>
            Cancel
          </button>
        )}
      </p>
    </form>
  );
}

/** What history needs, and details: unfolded where something of it is needed, filled in or wrong. */
function HistoryFields({ of, state }: { of: FormOf; state: Form }) {
  const { settings, secrets, history } = guides[of.provider];
  const [wasFilled] = useState(() => Object.values(state.form.settings).some((value) => value !== ''));
  if (settings.length === 0) return null;
  const isWrong = Object.keys(state.errors).some((field) => field.startsWith('settings.'));
  const isNeeded = settings.some(({ isRequired }) => isRequired);
  return (
    <details className="field-group" open={wasFilled || isWrong || isNeeded}>
      <summary>{isNeeded ? 'Mailbox' : 'History and details (optional)'}</summary>
      <p className="kith-hint">{history}</p>
      <Fields state={state} group="settings" fields={settings} />
      <Fields state={state} group="secrets" fields={secrets.filter((field) => !isOwn(field))} />
    </details>
  );
}

function Fields(props: { state: Form; group: 'secrets' | 'settings'; fields: readonly GuideField[] }) {
  const { group, fields } = props;
  const { form, setForm, errors } = props.state;
  return fields.map((field) => (
    <FormField
      key={field.key}
      field={field}
      value={form[group][field.key] ?? ''}
      error={errors[`${group}.${field.key}`]}
      onChange={(value) => setForm({ ...form, [group]: { ...form[group], [field.key]: value } })}
    />
  ));
}

/** Brings whoever sent the form to the first thing that is wrong. */
function useFocusOnError(errors: FieldErrors) {
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (Object.keys(errors).length === 0) return;
    element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);
  return element;
}
