import { useOnline } from '@kith/react/parts';

/** Says that the browser has no network; what is shown stays, and goes on by itself. */
export function OfflineBar() {
  if (useOnline()) return null;
  return (
    <p className="kith-banner offline" role="status">
      <strong>You are offline.</strong> What you see may be out of date; it goes on by itself once there is a
      network again.
    </p>
  );
}
