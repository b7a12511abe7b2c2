import { type RefObject, useEffect, useRef } from 'react';

/**
 * Where what had the focus went because something was done, the focus goes to what is next.
 * `step` changes with what is done; `next` takes a focus (`tabIndex={-1}`).
 */
export function useFocusWhenLost(next: RefObject<HTMLElement | null>, step: unknown): void {
  const before = useRef(step);
  useEffect(() => {
    if (before.current === step) return;
    before.current = step;
    if (document.activeElement === document.body) next.current?.focus();
  }, [next, step]);
}
