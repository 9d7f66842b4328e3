/** The key that does the same as the button it stands in; for the eye alone, so that the button keeps its name. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <kbd className="kith-key" aria-hidden="true">
      {keys}
    </kbd>
  );
}
