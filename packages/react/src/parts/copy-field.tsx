import { useEffect, useId, useRef, useState } from 'react';

const saidMs = 2_500;

/** A text to be pasted elsewhere, with a button that copies it; where a browser forbids that it selects the text. */
export function CopyField({ label, text }: { label: string; text: string }) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), saidMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => {
    field.current?.select();
    // Without TLS there is no clipboard; what is selected can be copied by hand.
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div className="kith-copy">
      <label htmlFor={id}>{label}</label>
      <div>
        <input
          ref={field}
          id={id}
          className="kith-input"
          readOnly
          value={text}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="button" className="kith-button" onClick={copy}>
          {isCopied ? 'Copied' : 'Copy'}
          <span className="kith-visually-hidden"> {label}</span>
        </button>
      </div>
      <span className="kith-visually-hidden" role="status">
        {isCopied ? `${label} copied` : ''}
      </span>
    </div>
  );
}
