import { Button, Checkbox, Group } from '@mantine/core';
import { useState } from 'react';
import type { ComparisonView } from '../../../server/assignments/first-steps/first-steps.ts';
import { useGoLive } from '../api/use-first-steps.ts';
import { Dialog } from '../components/dialog.tsx';
import { Failure } from '../components/failure.tsx';

interface GoLiveProps {
  readonly opened: boolean;
  readonly close: () => void;
  readonly comparison: ComparisonView;
}

/** Says what will change, and changes it: all pools, or some while the others stay for the log. */
export function GoLive({ opened, close, comparison: { pools } }: GoLiveProps) {
  const [off, setOff] = useState<readonly string[]>([]);
  const live = useGoLive();
  const on = pools.filter(({ pool }) => !off.includes(pool.id));
  const all = on.length === pools.length;
  return (
    <Dialog opened={opened} close={close} title="Go live" size="lg">
      <div className="go-live">
        <p>From now on, for every new lead that one of these pools gets:</p>
        <ul className="go-live-list">
          <li>Fairlead writes the owner to your CRM, with the reason.</li>
          <li>Reps hear of it in Slack where it is connected; elsewhere they get a task in the CRM.</li>
          <li>A lead that somebody owns already keeps its owner. Leads from before stay as they are.</li>
        </ul>
        <p>
          Switch off what gives these leads away today (a workflow, an assignment rule), or it will be first
          and its choice will stand.
        </p>
        <fieldset className="team-ticks">
          <legend className="label">Pools that go live</legend>
          {pools.map(({ pool, leads, both, agreed }) => (
            <Checkbox
              key={pool.id}
              checked={!off.includes(pool.id)}
              onChange={(event) =>
                setOff(event.target.checked ? off.filter((id) => id !== pool.id) : [...off, pool.id])
              }
              label={
                <>
                  {pool.name}{' '}
                  <span className="muted">
                    {leads === 0
                      ? 'no lead compared'
                      : `${leads} compared${both > 0 ? `, ${both - agreed} of ${both} to somebody else` : ''}`}
                  </span>
                </>
              }
            />
          ))}
        </fieldset>
        {!all && (
          <p className="muted">
            The others stay for the log: a new version of the policy says so, and what they would give is
            compared on.
          </p>
        )}
        <p className="muted">The way back is one press: Live, then Only log, at the top of each page.</p>
        <Failure error={live.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Not yet
          </Button>
          <Button
            loading={live.isPending}
            disabled={on.length === 0}
            onClick={() => live.mutate(all ? null : on.map(({ pool }) => pool.id), { onSuccess: close })}
          >
            {all ? 'Go live' : `Go live with ${on.length === 1 ? on[0]?.pool.name : `${on.length} pools`}`}
          </Button>
        </Group>
      </div>
    </Dialog>
  );
}
