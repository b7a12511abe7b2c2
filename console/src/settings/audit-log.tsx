import { Button, Select, Skeleton, TextInput } from '@mantine/core';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { type AuditQuery, auditAddress, useAuditLog } from '../api/use-audit-log.ts';
import { useConnectionList } from '../api/use-installs.ts';
import { useNameOf, useWhoIs } from '../api/use-people.ts';
import { Failure } from '../components/failure.tsx';
import { ago, exact } from '../lib/time.ts';
import { useNow } from '../lib/use-now.ts';
import { Section } from './section.tsx';

/** Who changed what. */
export const AuditLog = () => (
  <Section
    id="audit"
    title="Audit log"
    says="Who changed what. It can be added to and read, and by nobody changed."
  >
    <Body />
  </Section>
);

/** Leads come by the thousand, and each has its own story: they are shown only where somebody asks. */
const SHOWN = [
  { value: '', label: 'Changes' },
  { value: 'lead', label: 'Leads given and answered' },
  { value: 'policy.', label: 'Policies' },
  { value: 'connection.', label: 'Connections' },
  { value: 'key.', label: 'API keys' },
  { value: 'person.', label: 'People' },
];

const queryOf = (shown: string, who: string, since: string): AuditQuery => ({
  ...(shown === '' && { without: 'lead.' }),
  ...(shown === 'lead' && { action: 'lead.' }),
  ...(shown.endsWith('.') && { action: shown }),
  ...(who !== '' && { who }),
  ...(since !== '' && { from: new Date(`${since}T00:00:00`).toISOString() }),
});

function Body() {
  const [shown, setShown] = useState('');
  const [who, setWho] = useState('');
  const [since, setSince] = useState('');
  const whoIs = useWhoIs();
  const query = queryOf(shown, whoIs(who.trim()), since);
  return (
    <>
      <div className="audit-filters">
        <Select
          label="What"
          data={SHOWN}
          value={shown}
          allowDeselect={false}
          onChange={(value) => setShown(value ?? '')}
        />
        <TextInput
          label="Who"
          placeholder="anybody"
          value={who}
          onChange={({ currentTarget: { value } }) => setWho(value)}
        />
        <TextInput
          label="Since"
          type="date"
          value={since}
          onChange={({ currentTarget: { value } }) => setSince(value)}
        />
        <Button
          component="a"
          href={auditAddress('/api/v1/audit.csv', query)}
          download="audit.csv"
          variant="default"
          leftSection={<Download size={15} aria-hidden="true" />}
        >
          Download CSV
        </Button>
      </div>
      <Lines query={query} />
    </>
  );
}

function Lines({ query }: { query: AuditQuery }) {
  const now = useNow(60_000);
  const nameOf = useNameOf();
  const { data: connections } = useConnectionList(true);
  const subjectOf = (id: string): string => connections?.find((one) => one.id === id)?.name ?? id;
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useAuditLog(query);
  if (!data) return error ? <Failure error={error} /> : <Skeleton height={240} />;
  const lines = data.flatMap(({ lines: ofPage }) => ofPage);
  if (lines.length === 0) return <p className="muted">Nothing of that kind was changed.</p>;
  return (
    <>
      <ol className="audit-lines" aria-label="Changes">
        {lines.map(({ seq, at, who, words, subject, outcome }) => (
          <li key={seq}>
            <time dateTime={at} title={exact(at)} className="muted">
              {ago(at, now)}
            </time>
            <span>
              <strong title={who}>{nameOf(who)}</strong> {words}
              {outcome === 'unknown' && (
                <em className="audit-unknown"> – whether it was done is not known</em>
              )}
            </span>
            {subject !== null && <code title={subject}>{subjectOf(subject)}</code>}
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <div>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Older
          </Button>
        </div>
      )}
    </>
  );
}
