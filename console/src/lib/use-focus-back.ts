import { useEffect, useMemo } from 'react';

/** What a menu belongs to, since the menu goes; anything else is itself. */
const askedFrom = (element: Element | null): Element | null => {
  const menu = element?.closest('[role=menu]');
  return menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : element;
};

/** Gives the focus back to where it was before something opened, also where that goes together with what asked for it. */
export function useFocusBack(opened: boolean): void {
  const before = useMemo(() => (opened ? askedFrom(document.activeElement) : null), [opened]);
  useEffect(() => {
    if (!opened) return;
    return () => {
      setTimeout(() => {
        const here = document.activeElement;
        // A dialog that fades out still holds it.
        const lost = here === null || here === document.body || here.closest('[role=dialog]') !== null;
        if (lost && before instanceof HTMLElement && before.isConnected) before.focus();
      });
    };
  }, [opened, before]);
}
