import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { WorkspaceView } from '../../../server/assignments/lifecycle/views.ts';
import { useSetRetention } from '../api/use-workspace.ts';
import { At } from '../components/ago.tsx';
import { Failure } from '../components/failure.tsx';
import { moment } from '../lib/time.ts';

type Retention = WorkspaceView['retention'];

interface Field {
  readonly name: keyof Retention;
  readonly label: string;
  readonly says: string;
  /** Left empty it means that. */
  readonly empty?: string;
}

const FIELDS: readonly Field[] = [
  {
    name: 'closedLeadsDays',
    label: 'Closed leads',
    says: 'Who the lead was and what it was like, counted from its end.',
    empty: 'Always',
  },
  {
    name: 'deletedLeadsDays',
    label: 'Leads deleted in the CRM',
    says: 'Longer than your CRM’s recycle bin keeps them.',
    empty: 'As closed leads',
  },
  { name: 'deliveriesDays', label: 'Finished writes and messages', says: 'And alerts that are over.' },
  { name: 'repliesDays', label: 'Answers to repeated requests', says: 'So that a repeat changes nothing.' },
];

type Given = Readonly<Record<keyof Retention, string>>;

const toText = (retention: Retention): Given =>
  Object.fromEntries(FIELDS.map(({ name }) => [name, retention[name]?.toString() ?? ''])) as Given;

const toDays = (given: Given): Partial<Retention> =>
  Object.fromEntries(FIELDS.map(({ name }) => [name, given[name] === '' ? null : Number(given[name])]));

/** How many days things are kept, and when that was last seen to. */
export function RetentionForm({ workspace }: { workspace: WorkspaceView }) {
  const [given, setGiven] = useState(toText(workspace.retention));
  const set = useSetRetention();
  const changed = FIELDS.some(({ name }) => given[name] !== toText(workspace.retention)[name]);
  const faultOf = (name: string) => set.error?.fields.find(({ field }) => field === `/${name}`)?.message;
  const save = (event: React.FormEvent): void => {
    event.preventDefault();
    set.mutate(toDays(given));
  };
  return (
    <form className="data-part" onSubmit={save} aria-label="How long data is kept">
      <h4>How long data is kept</h4>
      <p className="muted">
        In days. What is over is erased each night, a little at a time. Decisions and the ledger stay, by ids
        and codes, so fairness can be proven all the same.
      </p>
      <div className="retention-fields">
        {FIELDS.map(({ name, label, says, empty }) => (
          <TextInput
            key={name}
            label={label}
            description={says}
            inputMode="numeric"
            pattern="[0-9]*"
            required={empty === undefined}
            withAsterisk={false}
            placeholder={empty ?? ''}
            error={faultOf(name)}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            value={given[name]}
            onChange={({ currentTarget: { value } }) => setGiven({ ...given, [name]: value })}
          />
        ))}
      </div>
      {set.error?.fields.length === 0 && <Failure error={set.error} />}
      <div className="data-row">
        <Button type="submit" disabled={!changed} loading={set.isPending}>
          Save
        </Button>
        <LastRound workspace={workspace} />
      </div>
    </form>
  );
}

function LastRound({ workspace: { lastRoundAt, erasures } }: { workspace: WorkspaceView }) {
  const last = erasures.find(({ because, leads }) => because === 'retention' && leads > 0);
  if (lastRoundAt === null) return <p className="muted">The first round comes tonight.</p>;
  return (
    <p className="muted">
      Last seen to <At iso={lastRoundAt} />.{' '}
      {last
        ? `${last.leads} ${last.leads === 1 ? 'lead was' : 'leads were'} erased ${moment(last.at)}.`
        : 'Nothing had to be erased yet.'}
    </p>
  );
}
