import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { WorkspaceView } from '../../../server/assignments/lifecycle/views.ts';
import { useNameOf } from '../api/use-people.ts';
import { useErase, useLook } from '../api/use-workspace.ts';
import { At } from '../components/ago.tsx';
import { Failure } from '../components/failure.tsx';

const leads = (count: number): string => `${count} ${count === 1 ? 'lead' : 'leads'}`;

/** Erases a person by their e-mail address: a look at how much that is, then the deed. */
export function ErasePerson({ workspace }: { workspace: WorkspaceView }) {
  const [email, setEmail] = useState('');
  const look = useLook();
  const erase = useErase();
  const found = look.data?.leads;
  const seen = found !== undefined && look.variables === email;
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    if (seen && found > 0) erase.mutate(email, { onSuccess: () => look.reset() });
    else look.mutate(email, { onSuccess: () => erase.reset() });
  };
  return (
    <form className="data-part" onSubmit={submit} aria-label="Erase a person">
      <h4>Erase a person</h4>
      <p className="muted">
        Everything Fairlead knows of them goes: values, messages, notes, cards in Slack. Their open leads end.
        What stands in your CRM, our notes and tasks there included, is yours to delete there.
      </p>
      <div className="data-row">
        <TextInput
          type="email"
          required
          aria-label="E-mail address of the person"
          placeholder="jo@example.com"
          value={email}
          onChange={({ currentTarget: { value } }) => setEmail(value)}
        />
        {seen && found > 0 ? (
          <Button type="submit" color="red.9" loading={erase.isPending}>
            Erase {leads(found)} for good
          </Button>
        ) : (
          <Button type="submit" variant="default" loading={look.isPending}>
            Find
          </Button>
        )}
      </div>
      <div role="status">
        {seen && found === 0 && <p>Nothing is known of {email}.</p>}
        {seen && found > 0 && (
          <p>
            {leads(found)} of theirs {found === 1 ? 'holds' : 'hold'} personal data. This cannot be taken
            back.
          </p>
        )}
        {erase.data && !seen && <p>{leads(erase.data.leads)} erased.</p>}
      </div>
      <Failure error={look.error ?? erase.error} />
      <Erasures erasures={workspace.erasures} />
    </form>
  );
}

const BECAUSE: Readonly<Record<WorkspaceView['erasures'][number]['because'], string>> = {
  asked: 'asked for by',
  vendor: 'told by the account',
  retention: 'their time was over',
};

const SHOWN = 5;

function Erasures({ erasures }: Pick<WorkspaceView, 'erasures'>) {
  const nameOf = useNameOf();
  const some = erasures.filter((one) => one.leads > 0).slice(0, SHOWN);
  if (some.length === 0) return null;
  return (
    <ul className="erasures" aria-label="What was erased">
      {some.map(({ id, at, leads: count, because, by }) => (
        <li key={id} className="muted">
          <At iso={at} />: {leads(count)}, {BECAUSE[because]}
          {because !== 'retention' && ` ${nameOf(by)}`}
        </li>
      ))}
    </ul>
  );
}
