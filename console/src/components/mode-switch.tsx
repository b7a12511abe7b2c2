import { Button, Group, Menu, Text } from '@mantine/core';
import { ChevronDown, CirclePause, CirclePlay, Eye, Radio } from 'lucide-react';
import { useState } from 'react';
import type { Overview } from '../../../server/assignments/queries.ts';
import { useMay } from '../api/use-me.ts';
import { type SettingsChange, useChangeSettings } from '../api/use-overview.ts';
import { Dialog } from './dialog.tsx';
import { Failure } from './failure.tsx';

interface Choice {
  readonly change: SettingsChange;
  readonly title: string;
  readonly meaning: string;
}

const CHOICES = {
  live: {
    change: { mode: 'live', paused: false },
    title: 'Go live',
    meaning: 'Owners are written to the CRM and offers are sent from now on.',
  },
  logOnly: {
    change: { mode: 'log_only' },
    title: 'Only log',
    meaning:
      'Leads are still decided and shown here, but nothing is written to the CRM and nobody is messaged.',
  },
  pause: {
    change: { paused: true },
    title: 'Pause',
    meaning: 'New leads are kept and wait. Nothing is decided until you resume; then the oldest goes first.',
  },
  resume: {
    change: { paused: false },
    title: 'Resume',
    meaning: 'Waiting leads are decided now, oldest first.',
  },
} as const satisfies Record<string, Choice>;

/** Says whether decisions take effect, and changes it after a question. */
export function ModeSwitch({ tenant }: { tenant: Overview['tenant'] }) {
  const [asked, setAsked] = useState<Choice | null>(null);
  const may = useMay('administer');
  const state = tenant.paused ? 'paused' : tenant.mode;
  const label = { live: 'Live', log_only: 'Log only', paused: 'Paused' }[state];
  if (!may)
    return (
      <span className="mode" data-state={state}>
        <i className="dot" data-state={state} /> {label}
      </span>
    );
  return (
    <>
      <Menu position="bottom-end" withArrow>
        <Menu.Target>
          <Button
            size="compact-md"
            radius="xl"
            variant="default"
            className="mode"
            data-state={state}
            rightSection={<ChevronDown size={14} />}
          >
            <i className="dot" data-state={state} /> {label}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {state !== 'live' && !tenant.paused && item(CHOICES.live, <Radio size={16} />, setAsked)}
          {state !== 'log_only' && !tenant.paused && item(CHOICES.logOnly, <Eye size={16} />, setAsked)}
          {tenant.paused
            ? item(CHOICES.resume, <CirclePlay size={16} />, setAsked)
            : item(CHOICES.pause, <CirclePause size={16} />, setAsked)}
        </Menu.Dropdown>
      </Menu>
      <Confirm choice={asked} close={() => setAsked(null)} />
    </>
  );
}

const item = (choice: Choice, icon: React.ReactNode, ask: (choice: Choice) => void) => (
  <Menu.Item leftSection={icon} onClick={() => ask(choice)}>
    {choice.title}…
  </Menu.Item>
);

function Confirm({ choice, close }: { choice: Choice | null; close: () => void }) {
  const settings = useChangeSettings();
  return (
    <Dialog opened={choice !== null} close={close} title={choice?.title ?? ''} size="lg">
      <Text size="sm">{choice?.meaning}</Text>
      <Failure error={settings.error} />
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={close}>
          Leave as it is
        </Button>
        <Button
          loading={settings.isPending}
          onClick={() => choice && settings.mutate(choice.change, { onSuccess: close })}
        >
          {choice?.title}
        </Button>
      </Group>
    </Dialog>
  );
}
