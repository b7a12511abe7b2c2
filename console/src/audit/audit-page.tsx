import { Button, FileButton, Group, NativeSelect, Skeleton } from '@mantine/core';
import { FileUp } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useAudit } from '../api/use-audit.ts';
import { Failure } from '../components/failure.tsx';
import { csvHeader, guessColumns } from './csv-header.ts';

const AuditResult = lazy(() =>
  import('./audit-result.tsx').then(({ AuditResult: component }) => ({ default: component })),
);

interface Chosen {
  readonly name: string;
  readonly text: string;
  readonly columns: readonly string[];
  readonly owner: string;
  readonly at: string;
}

/** How uneven today's routing is: a file of leads with their owners, before anything is connected. */
export function AuditPage() {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const audit = useAudit();
  const choose = async (file: File | null): Promise<void> => {
    if (file === null) return;
    const text = await file.text();
    const columns = csvHeader(text);
    audit.reset();
    setChosen({ name: file.name, text, columns, ...guessColumns(columns) });
  };
  return (
    <div className="own-page" id="page">
      <section className="panel" aria-labelledby="audit-title">
        <div className="panel-head">
          <h2 id="audit-title">How even is your routing today?</h2>
        </div>
        <div className="pad audit">
          <p>
            Export your leads from the CRM as CSV, with a column for the owner and one for when they came.
            Nothing has to be connected, and nothing of the file is kept.
          </p>
          <DropFile choose={choose} name={chosen?.name ?? null} />
          {chosen && chosen.columns.length > 0 && (
            <Group align="end" gap="sm">
              <NativeSelect
                label="Who had the lead"
                data={[...chosen.columns]}
                value={chosen.owner}
                onChange={(event) => setChosen({ ...chosen, owner: event.target.value })}
              />
              <NativeSelect
                label="When it came"
                data={[...chosen.columns]}
                value={chosen.at}
                onChange={(event) => setChosen({ ...chosen, at: event.target.value })}
              />
              <Button loading={audit.isPending} onClick={() => audit.mutate(chosen)}>
                Measure
              </Button>
            </Group>
          )}
          {chosen?.columns.length === 0 && (
            <p className="alert" role="alert">
              The file is empty, or no CSV: its first line has to name the columns.
            </p>
          )}
          <Failure error={audit.error} />
          {audit.data && (
            <Suspense fallback={<Skeleton height={320} />}>
              <AuditResult audit={audit.data} />
            </Suspense>
          )}
        </div>
      </section>
    </div>
  );
}

interface DropFileProps {
  readonly choose: (file: File | null) => Promise<void>;
  readonly name: string | null;
}

/** Where a file is dropped, or chosen with the button. */
function DropFile({ choose, name }: DropFileProps) {
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the mouse's way; the button is everybody's.
    <div
      className="drop"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void choose(event.dataTransfer.files[0] ?? null);
      }}
    >
      <FileUp size={26} aria-hidden="true" />
      <p>{name ?? 'Drop a CSV file here'}</p>
      <FileButton onChange={choose} accept=".csv,text/csv">
        {(props) => (
          <Button variant="default" size="compact-md" {...props}>
            {name === null ? 'Choose a file' : 'Choose another'}
          </Button>
        )}
      </FileButton>
    </div>
  );
}
