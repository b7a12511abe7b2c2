import { Button, Group } from '@mantine/core';
import { Dialog } from './dialog.tsx';
import { Failure } from './failure.tsx';

interface QuestionProps {
  readonly title: string;
  /** What it means. */
  readonly children: React.ReactNode;
  /** What the button says that does it. */
  readonly deed: string;
  readonly act: () => void;
  readonly close: () => void;
  /** What the button says that leaves it as it is. */
  readonly keep?: string;
  readonly pending?: boolean;
  readonly error?: { readonly message: string } | null;
}

/** Asks before something that cannot be taken back with a press. */
export const Question = ({
  title,
  children,
  deed,
  act,
  close,
  keep = 'Keep it',
  pending = false,
  error = null,
}: QuestionProps) => (
  <Dialog opened close={close} title={title} size="lg">
    {children}
    <Failure error={error} />
    <Group justify="flex-end" mt="lg">
      <Button variant="default" onClick={close}>
        {keep}
      </Button>
      <Button color="red.9" loading={pending} onClick={act}>
        {deed}
      </Button>
    </Group>
  </Dialog>
);
