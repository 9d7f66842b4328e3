import { Dialog } from '@kith/react/parts';
import { places } from './shortcuts.ts';

const everywhere: readonly [string, string][] = [
  ['Ctrl K or ⌘K', 'Find a record or a page'],
  ...Object.entries(places).map(([key, { name }]): [string, string] => [`g ${key}`, name]),
  ['Ctrl Z or ⌘Z', 'Undo what was just decided'],
  ['?', 'This list'],
];

const onRecord: readonly [string, string][] = [
  ['j k or ↓ ↑', 'Next, previous message'],
  ['Enter or o', 'Open its conversation'],
  ['Esc', 'Back to the timeline'],
  ['/', 'Search in the timeline'],
  ['c', 'Choose channels'],
  ['f', 'Choose participants'],
  ['n', 'Newest messages'],
];

const inReview: readonly [string, string][] = [
  ['j k or ↓ ↑', 'Next, previous'],
  ['1 – 9', 'Link to that candidate'],
  ['Shift 1 – 9', 'Not this one'],
  ['l', 'Link to another record'],
  ['c', 'Create a record'],
  ['d', 'Dismiss'],
  ['x', 'Select; the other keys then act on all that are selected'],
];

/** What the keyboard can do. */
export function ShortcutList({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog title="Keyboard" isOpen={isOpen} onClose={onClose}>
      <Keys title="Everywhere" keys={everywhere} />
      <Keys title="On a record" keys={onRecord} />
      <Keys title="In the review" keys={inReview} />
    </Dialog>
  );
}

function Keys({ title, keys }: { title: string; keys: readonly [string, string][] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl className="keys">
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
