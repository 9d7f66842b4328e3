import { type ReactNode, useId, useState } from 'react';
import type { GuideField } from '../providers/guide.ts';
import { generateSecret } from './generate.ts';

interface FieldProps {
  field: GuideField;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

/** One thing to fill in: its name, where to find it, and what is wrong with it. */
export function FormField({ field, value, error, onChange }: FieldProps) {
  const id = useId();
  const [isShown, setShown] = useState(false);
  const isSecret = field.form === 'secret';
  const generate = () => {
    onChange(generateSecret());
    setShown(true);
  };
  return (
    <div className="kith-field">
      <label htmlFor={id}>
        {field.label}
        {!field.isRequired && <span className="optional"> optional</span>}
      </label>
      <div className="field-row">
        <Control
          field={field}
          value={value}
          onChange={onChange}
          type={isSecret && !isShown ? 'password' : 'text'}
          attributes={{
            id,
            'aria-describedby': `${id}-hint`,
            'aria-invalid': error !== undefined,
            'aria-required': field.isRequired,
          }}
        />
        {isSecret && (
          <button
            type="button"
            className="kith-button"
            aria-pressed={isShown}
            onClick={() => setShown(!isShown)}
          >
            {isShown ? 'Hide' : 'Show'}
            <span className="kith-visually-hidden"> {field.label}</span>
          </button>
        )}
        {field.canGenerate === true && (
          <button type="button" className="kith-button" onClick={generate}>
            Generate<span className="kith-visually-hidden"> {field.label}</span>
          </button>
        )}
      </div>
      <p id={`${id}-hint`} className={error === undefined ? 'kith-hint' : 'kith-problem'}>
        {error ?? field.hint}
      </p>
    </div>
  );
}

interface ControlProps {
  field: GuideField;
  value: string;
  type: 'password' | 'text';
  onChange: (value: string) => void;
  attributes: {
    id: string;
    'aria-describedby': string;
    'aria-invalid': boolean;
    'aria-required': boolean;
  };
}

function Control({ field, value, type, onChange, attributes }: ControlProps): ReactNode {
  const common = { ...attributes, autoComplete: 'off', spellCheck: false, value, placeholder: field.example };
  switch (field.form) {
    case 'choice':
      return (
        <select
          {...attributes}
          className="kith-select"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          <option value="">Choose…</option>
          {field.choices?.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      );
    case 'lines':
    case 'block':
      return (
        <textarea
          {...common}
          className="kith-input"
          rows={3}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case 'words':
    case 'number':
    case 'secret':
      return (
        <input
          {...common}
          className="kith-input"
          type={type}
          inputMode={field.form === 'number' ? 'numeric' : 'text'}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}
