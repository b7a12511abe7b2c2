import { Button, Skeleton } from '@mantine/core';
import { Download } from 'lucide-react';
import { useMay } from '../api/use-me.ts';
import { useWorkspace } from '../api/use-workspace.ts';
import { Failure } from '../components/failure.tsx';
import { DeleteWorkspace } from './delete-workspace.tsx';
import { ErasePerson } from './erase-person.tsx';
import { RetentionForm } from './retention-form.tsx';
import { Section } from './section.tsx';

/** What the workspace holds: to take along, to keep for a time, to erase, to delete. */
export const WorkspaceData = () => (useMay('administer') ? <Whole /> : null);

const Whole = () => (
  <Section
    id="data"
    title="Workspace data"
    says="What Fairlead holds of your leads, for how long, and how it leaves."
  >
    <Body />
  </Section>
);

function Body() {
  const { data, error } = useWorkspace();
  const owns = useMay('own');
  if (!data) return error ? <Failure error={error} /> : <Skeleton height={320} />;
  return (
    <div className="data-parts">
      {data.deletion && <DeleteWorkspace workspace={data} owns={owns} />}
      {owns && <Export />}
      <RetentionForm workspace={data} />
      <ErasePerson workspace={data} />
      {owns && !data.deletion && <DeleteWorkspace workspace={data} owns={owns} />}
    </div>
  );
}

const Export = () => (
  <div className="data-part">
    <h4>Export</h4>
    <p className="muted">
      Everything in the workspace as it is now, table by table, with what each column means. Passwords, keys
      and tokens are not in it. One file of JSON lines; it holds personal data, so keep it well.
    </p>
    <div>
      <Button
        component="a"
        href="/api/v1/export"
        download
        variant="default"
        leftSection={<Download size={15} aria-hidden="true" />}
      >
        Export everything
      </Button>
    </div>
  </div>
);
