import { useSyncExternalStore } from 'react';

const changed = new EventTarget();

/** Goes to a path of the console and tells every reader. */
export function go(path: string): void {
  history.pushState(null, '', path);
  changed.dispatchEvent(new Event('go'));
}

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener);
  changed.addEventListener('go', listener);
  return () => {
    removeEventListener('popstate', listener);
    changed.removeEventListener('go', listener);
  };
}

/** The decision that is open: `/decisions/:id`, or null on the live page. */
export const useOpenDecision = (): string | null =>
  useSyncExternalStore(subscribe, () => location.pathname.match(/^\/decisions\/([\w-]+)$/)?.[1] ?? null);

/** Pages of their own, by address; everything else opens over the live page. */
const PAGES = {
  '/policy': 'policy',
  '/compare': 'compare',
  '/start': 'start',
  '/settings': 'settings',
  '/me': 'me',
  '/audit': 'audit',
} as const;

/** A page that the header leads to. */
export type Page = (typeof PAGES)[keyof typeof PAGES] | 'fairness' | 'live' | 'missing';

/** What opens over the live page, and that itself. */
const OVER_LIVE = /^\/($|(decisions\/[\w-]+|connections|refused|sign-in(\/owner)?)$)/;

/** The page that is looked at. */
export const usePage = (): Page =>
  useSyncExternalStore(
    subscribe,
    () =>
      PAGES[location.pathname as keyof typeof PAGES] ??
      (poolIn(location.pathname) !== null
        ? 'fairness'
        : OVER_LIVE.test(location.pathname)
          ? 'live'
          : 'missing'),
  );

/** The pool whose fairness is looked at: `/pools/:id`; null: none. */
export const useOpenPool = (): string | null =>
  useSyncExternalStore(subscribe, () => poolIn(location.pathname));

const poolIn = (path: string): string | null => path.match(/^\/pools\/([\w.-]+)$/)?.[1] ?? null;

/** Follows a link within the console; with a modifier key it is the browser's. */
export const follow =
  (path: string) =>
  (event: React.MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(path);
  };

/** Whether the connections are open: `/connections`. */
export const useConnectionsOpen = (): boolean =>
  useSyncExternalStore(subscribe, () => location.pathname === '/connections');

/** Whether the refused writes are open: `/refused`. */
export const useRefusedOpen = (): boolean =>
  useSyncExternalStore(subscribe, () => location.pathname === '/refused');

/** Whether somebody is to sign in, or to use a link that makes them an owner. */
export const useOnSignIn = (): 'sign-in' | 'owner' | null =>
  useSyncExternalStore(subscribe, () => {
    if (location.pathname === '/sign-in') return 'sign-in';
    return location.pathname === '/sign-in/owner' ? 'owner' : null;
  });
