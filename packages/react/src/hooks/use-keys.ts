import { useEffect, useRef } from 'react';
import { isTyping } from '../provider/typing.ts';

/**
 * Hears keys that are shortcuts: pressed without Ctrl, Alt or ⌘, while nobody types and nothing lies above the page.
 * `onKey` answers whether it knew the key, which then does nothing else.
 */
export function useKeys(onKey: (event: KeyboardEvent) => boolean): void {
  const current = useRef(onKey);
  useEffect(() => {
    current.current = onKey;
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (isShortcut(event) && current.current(event)) event.preventDefault();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);
}

function isShortcut(event: KeyboardEvent): boolean {
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented;
  return (
    isPlain && !isTyping(event.target) && document.querySelector('[role="dialog"]:not([hidden])') === null
  );
}
