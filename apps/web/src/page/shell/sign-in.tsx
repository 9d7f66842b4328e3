import { type FormEvent, useId } from 'react';

/** Asks for an API key. */
export function SignIn(props: { isRefused: boolean; onSignIn: (apiKey: string) => void }) {
  const fieldId = useId();
  const hintId = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const apiKey = new FormData(event.currentTarget).get('apiKey');
    if (typeof apiKey === 'string' && apiKey.trim() !== '') props.onSignIn(apiKey.trim());
  };
  return (
    <main className="kith sign-in-page">
      <div className="sign-in">
        <form onSubmit={submit}>
          <h1>Kith</h1>
          <p className="kith-hint">Every conversation with a contact, on the contact’s record.</p>
          <label htmlFor={fieldId}>API key</label>
          <input
            className="kith-input"
            id={fieldId}
            name="apiKey"
            type="password"
            autoComplete="off"
            spellCheck={false}
            required
            autoFocus
            aria-describedby={hintId}
            aria-invalid={props.isRefused}
          />
          <p id={hintId} className="kith-hint">
            It is kept until this tab closes. <code>kith keys create</code> makes a new one.
          </p>
          {props.isRefused && (
            <p className="kith-problem" role="alert">
              The API key is not accepted. Enter one that is still valid.
            </p>
          )}
          <button type="submit" className="kith-button-primary">
            Sign in
          </button>
        </form>
      </div>
    </main>
  );
}
