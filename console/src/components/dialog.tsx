import { Modal } from '@mantine/core';
import { useOpenDialog } from '../lib/open-dialogs.ts';
import { useFocusBack } from '../lib/use-focus-back.ts';

interface DialogProps {
  readonly opened: boolean;
  readonly close: () => void;
  readonly title: string;
  readonly size: 'lg' | 'xl';
  readonly children: React.ReactNode;
}

/** A question over the page, that Escape and the cross leave as it is. */
export function Dialog({ opened, close, title, size, children }: DialogProps) {
  useFocusBack(opened);
  useOpenDialog(opened);
  return (
    <Modal.Root opened={opened} onClose={close} size={size} centered>
      <Modal.Overlay />
      <Modal.Content>
        <div className="drawer-head">
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label="Close" />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
