/* What stands around every page: where one can go, and what the keyboard can do. */
import { useEffect, useState } from 'react';
import { Router, useLocation } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { CommandPalette } from './command-palette.tsx';
import { Navigation } from './navigation.tsx';
import { OfflineBar } from './offline-bar.tsx';
import { Routes } from './routes.tsx';
import { ShortcutList } from './shortcut-list.tsx';
import { useShortcuts } from './shortcuts.ts';

/** The workspace that is signed in. */
export function Shell({ onSignOut }: { onSignOut?: () => void }) {
  return (
    <Router hook={useHashLocation}>
      <Frame {...(onSignOut === undefined ? {} : { onSignOut })} />
    </Router>
  );
}

function Frame({ onSignOut }: { onSignOut?: () => void }) {
  const [overlay, setOverlay] = useState<'palette' | 'shortcuts' | null>(null);
  const [path, go] = useLocation();
  useShortcuts({ go, onPalette: () => setOverlay('palette'), onHelp: () => setOverlay('shortcuts') });
  useEffect(() => setOverlay(null), [path]);
  return (
    <div className="shell">
      <a className="skip" href="#main" onClick={skipToMain}>
        Skip to the page
      </a>
      <Navigation
        path={path}
        onSearch={() => setOverlay('palette')}
        {...(onSignOut === undefined ? {} : { onSignOut })}
      />
      <main id="main" className="main" tabIndex={-1}>
        <OfflineBar />
        <Routes />
      </main>
      <CommandPalette
        isOpen={overlay === 'palette'}
        onClose={() => setOverlay(null)}
        go={go}
        {...(onSignOut === undefined ? {} : { onSignOut })}
      />
      <ShortcutList isOpen={overlay === 'shortcuts'} onClose={() => setOverlay(null)} />
    </div>
  );
}

/** The address names a page and must not change, so the focus is moved by hand. */
function skipToMain(event: { preventDefault(): void }) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
