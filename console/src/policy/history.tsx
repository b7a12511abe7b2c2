import { Button, Group, Text, TextInput } from '@mantine/core';
import { RotateCcw } from 'lucide-react';
import { useId, useState } from 'react';
import type { PolicyOverview, VersionSummary } from '../../../server/assignments/publishing/publishing.ts';
import { useMay } from '../api/use-me.ts';
import { useNameOf } from '../api/use-people.ts';
import { usePolicyDeed, usePolicyDiff } from '../api/use-policy.ts';
import { At } from '../components/ago.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Failure } from '../components/failure.tsx';
import { Changes } from './changes.tsx';

/** The versions there were, what each changed, and the way back. */
export function History({ history }: { history: PolicyOverview }) {
  const [back, setBack] = useState<VersionSummary | null>(null);
  return (
    <section className="panel" aria-labelledby="history-title">
      <div className="panel-head">
        <h2 id="history-title">History</h2>
      </div>
      {history.versions.length === 0 && (
        <p className="muted pad">None yet. Each version that is published stays here, with the way back.</p>
      )}
      <ul className="versions">
        {history.versions.map((version) => (
          <Version
            key={version.version}
            version={version}
            live={version.version === history.live}
            goBack={() => setBack(version)}
          />
        ))}
      </ul>
      <RollBack version={back} live={history.live} close={() => setBack(null)} />
    </section>
  );
}

interface VersionProps {
  readonly version: VersionSummary;
  readonly live: boolean;
  readonly goBack: () => void;
}

function Version({ version, live, goBack }: VersionProps) {
  const [open, setOpen] = useState(false);
  const may = useMay('administer');
  const nameOf = useNameOf();
  const id = useId();
  const number = version.version;
  return (
    <li>
      <div className="version-head">
        <strong>Version {number}</strong>
        {live && (
          <span className="tag" data-tone="given">
            Live
          </span>
        )}
      </div>
      {version.note && <p>{version.note}</p>}
      <p className="muted">
        <At iso={version.publishedAt} /> by {nameOf(version.by)}
        {version.approvedBy && `, approved by ${nameOf(version.approvedBy)}`}
        {version.restores !== null && `, back to version ${version.restores}`}
      </p>
      <div className="version-deeds">
        {number > 1 && (
          <button
            type="button"
            className="hint"
            aria-expanded={open}
            aria-controls={id}
            aria-label={`What changed in version ${number}`}
            onClick={() => setOpen(!open)}
          >
            What changed
          </button>
        )}
        {!live && may && (
          <button type="button" className="hint" aria-label={`Go back to version ${number}`} onClick={goBack}>
            <RotateCcw size={13} aria-hidden="true" /> Go back
          </button>
        )}
      </div>
      {open && (
        <div id={id}>
          <Difference from={number - 1} to={number} />
        </div>
      )}
    </li>
  );
}

function Difference({ from, to }: { from: number; to: number }) {
  const { data, error } = usePolicyDiff(from, to, true);
  if (error) return <Failure error={error} />;
  return data ? <Changes changes={data.changes} none="Nothing is different." /> : <p className="muted">…</p>;
}

interface RollBackProps {
  readonly version: VersionSummary | null;
  readonly live: number | null;
  readonly close: () => void;
}

function RollBack({ version, live, close }: RollBackProps) {
  const deed = usePolicyDeed();
  const [note, setNote] = useState('');
  const { data } = usePolicyDiff(live ?? 0, version?.version ?? 0, version !== null && live !== null);
  const goBack = () =>
    version && deed.mutate({ do: 'rollback', version: version.version, note }, { onSuccess: close });
  return (
    <Dialog
      opened={version !== null}
      close={close}
      title={`Go back to version ${version?.version}`}
      size="lg"
    >
      <Text size="sm">It is live at once, as a version of its own. This changes:</Text>
      <Changes changes={data?.changes ?? []} none={data ? 'Nothing is different.' : '…'} />
      <TextInput
        label="Why"
        value={note}
        maxLength={2000}
        onChange={(event) => setNote(event.target.value)}
      />
      <Failure error={deed.error} />
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={close}>
          Leave as it is
        </Button>
        <Button loading={deed.isPending} onClick={goBack}>
          Go back
        </Button>
      </Group>
    </Dialog>
  );
}
