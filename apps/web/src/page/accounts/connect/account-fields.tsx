import { FailureLine } from '@kith/react/parts';
import type { Channel } from '@kith/client';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import type { FieldErrors } from '../account-form.ts';
import type { GuideField } from '../providers/guide.ts';
import { guides } from '../providers/guides.ts';
import { FormField } from './form-field.tsx';
import { type FormOf, type useAccountForm } from './use-account-form.ts';

type Form = ReturnType<typeof useAccountForm>;

const ownFields = {
  email: { label: 'Own addresses', hint: 'One a line. Who writes from these is your team, and is never linked.' },
  whatsapp: {
    label: 'Own numbers',
    hint: 'One a line, with + and the country. Others that arrive are learned by themselves.',
  },
  linkedin: { label: 'Own profile', hint: 'The address of the LinkedIn profile that is connected.' },
} as const satisfies Record<Channel, { label: string; hint: string }>;

const examples = {
  email: 'support@acme.example',
  whatsapp: '+44 20 7946 0999',
  linkedin: 'https://www.linkedin.com/in/jo-park',
} as const satisfies Record<Channel, string>;

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
      <FieldGroup
        title="Credentials"
        hint={
          of.known === undefined
            ? 'They are kept sealed and never shown again.'
            : 'They are kept sealed and never shown. Leave all of them empty to keep them; otherwise put in all that are needed, since the new ones replace the old.'
        }
        fields={guide.secrets}
        values={form.secrets}
        errors={errors}
        group="secrets"
        onChange={(secrets) => setForm({ ...form, secrets })}
      />
      <FormField
        field={{
          key: 'identifiers',
          ...ownFields[of.channel],
          isRequired: false,
          form: 'lines',
          example: examples[of.channel],
        }}
        value={form.identifiers}
        error={errors['identifiers']}
        onChange={(identifiers) => setForm({ ...form, identifiers })}
      />
      {guide.settings.length > 0 && (
        <FieldGroup
          title="History and details"
          hint={guide.history}
          fields={guide.settings}
          values={form.settings}
          errors={errors}
          group="settings"
          onChange={(settings) => setForm({ ...form, settings })}
        />
      )}
      {errors['secrets'] !== undefined && <p className="kith-problem">{errors['secrets']}</p>}
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

function FieldGroup(props: {
  title: string;
  hint: string;
  fields: readonly GuideField[];
  group: 'secrets' | 'settings';
  values: Readonly<Record<string, string>>;
  errors: FieldErrors;
  onChange: (values: Readonly<Record<string, string>>) => void;
}) {
  const { title, hint, fields, group, values, errors, onChange } = props;
  return (
    <fieldset className="field-group">
      <legend>{title}</legend>
      <p className="kith-hint">{hint}</p>
      {fields.map((field) => (
        <FormField
          key={field.key}
          field={field}
          value={values[field.key] ?? ''}
          error={errors[`${group}.${field.key}`]}
          onChange={(value) => onChange({ ...values, [field.key]: value })}
        />
      ))}
    </fieldset>
  );
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
