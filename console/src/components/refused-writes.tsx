import { Button, Drawer, Skeleton } from '@mantine/core';
import { RotateCw } from 'lucide-react';
import { useMay } from '../api/use-me.ts';
import { type RefusedWrite, useRefused, useRetry } from '../api/use-refused.ts';
import { follow, go } from '../lib/route.ts';
import { useNow } from '../lib/use-now.ts';
import { VENDORS } from '../lib/vendors.ts';
import { Ago } from './ago.tsx';
import { Failure } from './failure.tsx';

const KINDS: Readonly<Record<string, string>> = {
  owner_write: 'Owner',
  reason_write: 'Reason',
  task: 'Task',
  callback: 'End of a held workflow',
  enter: 'New record',
  fill: 'Missing values',
  convert: 'Conversion',
  slack_card: 'Slack card',
  slack_refresh: 'Slack card',
  slack_reminder: 'Slack reminder',
  slack_sla: 'Slack notice of an SLA',
  slack_home: 'Slack Home',
  slack_alert: 'Slack alert',
};

/** Writes that a CRM or Slack refused, each with what to do and a way to try it again. */
export function RefusedWrites({ open }: { open: boolean }) {
  const { data, error, refetch } = useRefused(open);
  return (
    <Drawer.Root opened={open} onClose={() => go('/')} position="right" size="min(680px, 100%)">
      <Drawer.Overlay />
      <Drawer.Content>
        <div className="drawer-head">
          <Drawer.Title>Refused writes</Drawer.Title>
          <Drawer.CloseButton aria-label="Close" />
        </div>
        <Drawer.Body>
          {data?.length === 0 && <p className="muted">Nothing is refused: every write went through.</p>}
          {data && data.length > 0 && <RefusedList writes={data} />}
          {!data && !error && <Skeleton height={240} />}
          {!data && error && (
            <p className="alert" role="alert">
              <span>{error.message}</span>
              <button type="button" className="hint" onClick={() => void refetch()}>
                Try again
              </button>
            </p>
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function RefusedList({ writes }: { writes: readonly RefusedWrite[] }) {
  const now = useNow(30_000);
  const retry = useRetry();
  const may = useMay('manage');
  return (
    <>
      <p className="muted">Do what a write says, then try it again. The newest stands first.</p>
      <Failure error={retry.error} />
      <ul className="refused-list" aria-label="Refused writes">
        {writes.map((write) => (
          <Refused
            key={write.id}
            write={write}
            now={now}
            trying={retry.isPending && retry.variables === write.id}
            tryAgain={may ? () => retry.mutate(write.id) : null}
          />
        ))}
      </ul>
    </>
  );
}

interface RefusedProps {
  readonly write: RefusedWrite;
  readonly now: number;
  readonly trying: boolean;
  /** null: whoever looks may not. */
  readonly tryAgain: (() => void) | null;
}

function Refused({ write, now, trying, tryAgain }: RefusedProps) {
  const { id, kind, connection, record, decision, code, remedy, refusedAt } = write;
  const what = KINDS[kind] ?? kind.replaceAll('_', ' ');
  const where = VENDORS[connection.vendor] ?? connection.name;
  return (
    <li className="refused">
      <h3 id={`refused-${id}`}>
        {what} in {where}
        {record && (
          <span className="muted">
            {' '}
            {record.objectType} {record.recordId}
          </span>
        )}
      </h3>
      <p className="refused-remedy">{remedy || 'It was refused without a word: try it again.'}</p>
      <div className="refused-foot">
        <code className="refused-code">{code}</code>
        <Ago iso={refusedAt} now={now} />
        {decision && (
          <a href={`/decisions/${decision}`} onClick={follow(`/decisions/${decision}`)}>
            The decision
          </a>
        )}
        {tryAgain && (
          <Button
            size="compact-sm"
            variant="default"
            loading={trying}
            leftSection={<RotateCw size={14} aria-hidden="true" />}
            aria-describedby={`refused-${id}`}
            onClick={tryAgain}
          >
            Retry
          </Button>
        )}
      </div>
    </li>
  );
}
