import type { ReactNode } from 'react';

/**
 * Steps of a guide, numbered. `*words*` are what a button or a page is called there, `` `text` `` is typed or pasted, and
 * `{url}` is where `address` goes.
 */
export function Steps({ steps, address }: { steps: readonly string[]; address?: ReactNode }) {
  return (
    <ol className="steps">
      {steps.map((step) => (
        <li key={step}>
          <span>{wordsOf(step.replace(/\s*\{url\}/, ''))}</span>
          {step.includes('{url}') && address}
        </li>
      ))}
    </ol>
  );
}

function wordsOf(step: string): ReactNode[] {
  return step.split(/(\*[^*]+\*|`[^`]+`)/).map((part, index) => {
    if (part.startsWith('*')) return <strong key={index}>{part.slice(1, -1)}</strong>;
    if (part.startsWith('`')) return <code key={index}>{part.slice(1, -1)}</code>;
    return part;
  });
}
