import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import type { ApiKeyView } from '../../../server/assignments/key-ports.ts';
import type { KeyDeed } from '../api/use-keys.ts';
import { Dialog } from '../components/dialog.tsx';

const OVERLAPS = [
  { hours: '24', label: 'a day' },
  { hours: '168', label: 'a week' },
  { hours: '0', label: 'not at all: it ends at once, as it must where somebody else has seen it' },
];

interface RotateKeyProps {
  readonly apiKey: ApiKeyView;
  readonly opened: boolean;
  readonly close: () => void;
  readonly act: (deed: KeyDeed) => Promise<unknown>;
}

/** Another secret for the same key, and how long the one before serves on. */
export function RotateKey({ apiKey: { id, name }, opened, close, act }: RotateKeyProps) {
  const [hours, setHours] = useState('24');
  const rotate = () => void act({ do: 'rotate', id, overlapHours: Number(hours) }).then(close);
  return (
    <Dialog opened={opened} close={close} title={`Replace ${name}`} size="lg">
      <div className="api-key-form">
        <p>It gets another secret, shown once, and goes on with the same name and rights.</p>
        <Radio.Group label="The secret before serves on for" value={hours} onChange={setHours}>
          {OVERLAPS.map((one) => (
            <Radio key={one.hours} value={one.hours} mt={8} label={one.label} />
          ))}
        </Radio.Group>
        <div>
          <Button onClick={rotate}>Replace the secret</Button>
        </div>
      </div>
    </Dialog>
  );
}
