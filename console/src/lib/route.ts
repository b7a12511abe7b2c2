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

/** Whether the policy is what is looked at: `/policy`. */
export const useOnPolicyPage = (): boolean =>
  useSyncExternalStore(subscribe, () => location.pathname === '/policy');

/** Pages of their own besides the live one and the policy: a pool's fairness (`/pools/:id`), the audit (`/audit`). */
export type OwnPage =
  | { readonly page: 'fairness'; readonly pool: string }
  | { readonly page: 'audit' }
  | null;

const ownPages = new Map<string, OwnPage>();

/** The page of its own that is open; null: another one is. One object for each address. */
export const useOwnPage = (): OwnPage =>
  useSyncExternalStore(subscribe, () => {
    const path = location.pathname;
    if (!ownPages.has(path)) ownPages.set(path, ownPageOf(path));
    return ownPages.get(path) ?? null;
  });

const ownPageOf = (path: string): OwnPage => {
  const pool = path.match(/^\/pools\/([\w.-]+)$/)?.[1];
  if (pool !== undefined) return { page: 'fairness', pool };
  return path === '/audit' ? { page: 'audit' } : null;
};

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
