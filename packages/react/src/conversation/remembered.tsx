/*
 * What a reader did with a message: unfolded it, asked for its images. It is kept outside of the message, which leaves
 * the page when it is scrolled out of view, and forgotten with the conversation.
 */
import { createContext, type ReactNode, useContext, useState } from 'react';

interface Remembered {
  isOpen: boolean;
  isQuoteOpen: boolean;
  asText: boolean;
  showsImages: boolean;
  frameHeight: number;
}

type Memory = Map<string, Partial<Remembered>>;

const MemoryContext = createContext<Memory>(new Map());

/** Keeps it for everything below. */
export function Remembering({ children }: { children: ReactNode }) {
  const [memory] = useState<Memory>(() => new Map());
  return <MemoryContext value={memory}>{children}</MemoryContext>;
}

/** State of a message that outlives its element. */
export function useRemembered<K extends keyof Remembered>(
  messageId: string,
  what: K,
  initial: Remembered[K],
): [Remembered[K], (value: Remembered[K]) => void] {
  const memory = useContext(MemoryContext);
  const [value, setValue] = useState<Remembered[K]>(() => memory.get(messageId)?.[what] ?? initial);
  return [
    value,
    (next) => {
      memory.set(messageId, { ...memory.get(messageId), [what]: next });
      setValue(next);
    },
  ];
}
