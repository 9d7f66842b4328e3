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
    <main className="sign-in">
      <form onSubmit={submit}>
        <h1>Kith</h1>
        <label htmlFor={fieldId}>API key</label>
        <input
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
        <p id={hintId} className="hint">
          It is kept until this tab closes. <code>kith keys create</code> makes a new one.
        </p>
        {props.isRefused && (
          <p className="problem" role="alert">
            The API key is not accepted. Enter one that is still valid.
          </p>
        )}
        <button type="submit">Sign in</button>
      </form>
    </main>
  );
}
