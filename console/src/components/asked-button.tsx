import { Button } from '@mantine/core';
import { useState } from 'react';
import { Question } from './question.tsx';

interface AskedButtonProps {
  /** What the button says, short. */
  readonly children: string;
  /** What it does and to what, for who does not see what stands beside it. */
  readonly label: string;
  readonly title: string;
  /** What it means, before it is done. */
  readonly means: string;
  readonly act: () => void;
  /** Whether it stands by itself, not beside something in a list. */
  readonly alone?: boolean;
}

/** A small button that asks before it does what it says. */
export function AskedButton({ children, label, title, means, act, alone = false }: AskedButtonProps) {
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  return (
    <>
      <Button
        size={alone ? 'compact-md' : 'compact-sm'}
        variant={alone ? 'default' : 'subtle'}
        color="gray"
        aria-label={label}
        onClick={() => setAsking(true)}
      >
        {children}
      </Button>
      {asking && (
        <Question
          title={title}
          deed={children}
          close={close}
          act={() => {
            close();
            act();
          }}
        >
          <p>{means}</p>
        </Question>
      )}
    </>
  );
}
