import { createKithClient } from '@kith/client';
import { createRoot } from 'react-dom/client';
import { RecordTimeline } from '../src/record-timeline.tsx';

/** The page is told by its address whom to show, and where Kith is. */
const told = new URLSearchParams(location.hash.slice(1));
const given = (name: string): string => told.get(name) ?? '';
const kith = createKithClient({
  queryUrl: given('queryUrl'),
  resolverUrl: given('resolverUrl'),
  apiKey: given('apiKey'),
});
createRoot(document.body.appendChild(document.createElement('main'))).render(
  <RecordTimeline kith={kith} recordId={given('recordId')} />,
);
