import { useQuery } from '@tanstack/react-query';
import { linkKeys, useRead } from '@kith/react/parts';
import type { ReactNode } from 'react';
import { hrefOf, paths } from './links.ts';
import { useTheme } from './theme.ts';

interface Place {
  name: string;
  path: string;
  /** Paths that belong to it. */
  holds: RegExp;
  icon: string;
}

const places: readonly Place[] = [
  {
    name: 'Records',
    path: paths.records,
    holds: /^\/($|records|conversations)/,
    icon: 'M3 13.250c.4-2.600 2.400-4 5-4s4.600 1.400 5 4M8 7.250a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5',
  },
  { name: 'Review', path: paths.review, holds: /^\/review/, icon: 'M2.500 8.500l3.500 3.500 7.500-8' },
  {
    name: 'Participants',
    path: paths.participants,
    holds: /^\/participants/,
    icon: 'M8 2.250a5.750 5.750 0 1 0 2.900 10.700M8 5.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5M10.500 8v.9c0 2.200 3.250 2.200 3.250-.9A5.750 5.750 0 0 0 8 2.250',
  },
  {
    name: 'Accounts',
    path: paths.accounts,
    holds: /^\/accounts/,
    icon: 'M6 10l4-4M7.200 4.800l1.600-1.600a2.800 2.800 0 0 1 4 4l-1.600 1.600M8.800 11.200l-1.600 1.600a2.800 2.800 0 0 1-4-4l1.600-1.600',
  },
  { name: 'Overview', path: paths.overview, holds: /^\/overview/, icon: 'M3 13V8.500M8 13V3M13 13V6.500' },
  {
    name: 'History',
    path: paths.history,
    holds: /^\/history/,
    icon: 'M8 4.500V8l2.500 1.500M2.500 8a5.500 5.500 0 1 0 1.600-3.900M2.500 2.500v2.250h2.250',
  },
];

/** Where one can go. On a phone it is a bar at the bottom. */
export function Navigation(props: { path: string; onSearch: () => void; onSignOut?: () => void }) {
  const waiting = useWaiting();
  return (
    <nav className="navigation" aria-label="Pages">
      <a className="wordmark" href={hrefOf(paths.records)}>
        Kith
      </a>
      <button type="button" className="search-button" onClick={props.onSearch}>
        <Icon path="M7 11.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9M10.300 10.300l3.200 3.200" />
        <span>Search</span>
        <kbd>{isApple ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
      <ul>
        {places.map(({ name, path, holds, icon }) => (
          <li key={name}>
            <a href={hrefOf(path)} aria-current={holds.test(props.path) ? 'page' : undefined}>
              <Icon path={icon} />
              <span>{name}</span>
              {name === 'Review' && waiting > 0 && (
                <span className="count" aria-label={`${waiting} wait`}>
                  {waiting > 999 ? '999+' : waiting}
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
      <footer>
        <ThemeButton />
        {props.onSignOut !== undefined && (
          <button type="button" className="kith-button-quiet" onClick={props.onSignOut}>
            Sign out
          </button>
        )}
      </footer>
    </nav>
  );
}

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);
const themeNames = { system: 'Theme: device', light: 'Theme: light', dark: 'Theme: dark' } as const;

function ThemeButton(): ReactNode {
  const { theme, next } = useTheme();
  return (
    <button type="button" className="kith-button-quiet" onClick={next} title="Change between light and dark">
      {themeNames[theme]}
    </button>
  );
}

function Icon({ path }: { path: string }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

const waitingPollMs = 30_000;

/** How many participants wait for a person's word. */
function useWaiting(): number {
  const read = useRead();
  const overview = useQuery({
    queryKey: linkKeys.overview,
    queryFn: ({ signal }) => read.stats.overview.query({}, { signal }),
    refetchInterval: waitingPollMs,
  });
  return overview.data?.review ?? 0;
}
