import { useEffect } from 'react';

let open = 0;

/** Whether a dialog is open: Escape is for it, and not for what lies below it. */
export const isDialogOpen = (): boolean => open > 0;

/** Counts a dialog while it is open, and until the key press that closed it has reached everybody. */
export function useOpenDialog(opened: boolean): void {
  useEffect(() => {
    if (!opened) return;
    open += 1;
    return () => {
      setTimeout(() => {
        open -= 1;
      });
    };
  }, [opened]);
}
