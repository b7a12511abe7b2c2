import { Button, Skeleton } from '@mantine/core';
import { PenLine } from 'lucide-react';
import { useState } from 'react';
import type { DraftSummary } from '../../../server/assignments/publishing/publishing.ts';
import { useMay } from '../api/use-me.ts';
import { useNameOf } from '../api/use-people.ts';
import { usePolicyHistory, usePolicyVersion } from '../api/use-policy.ts';
import { Failure } from '../components/failure.tsx';
import { follow } from '../lib/route.ts';
import { moment } from '../lib/time.ts';
import { DraftEditor } from './draft-editor.tsx';
import { History } from './history.tsx';
import { Words } from './words.tsx';

/** What is being written: a draft by its id, or a new one from a text. */
type Writing = { readonly id: string } | { readonly from: string } | null;

/** The policy that is live, in words; drafts, and the versions there were. */
export function PolicyPage() {
  const { data: history, error } = usePolicyHistory();
  const { data: live } = usePolicyVersion(history?.live ?? null);
  const [writing, setWriting] = useState<Writing>(null);
  const may = useMay('administer');
  if (!history) return error ? <Failure error={error} /> : <Skeleton height={420} />;
  return (
    <div className="policy-columns" id="policy">
      {writing === null ? (
        <section className="panel" aria-labelledby="live-title">
          <div className="panel-head">
            <h2 id="live-title">
              {history.live === null ? 'No policy is live' : `Version ${history.live} is live`}
            </h2>
            {may && (
              <Button
                size="compact-md"
                leftSection={<PenLine size={15} aria-hidden="true" />}
                disabled={history.live !== null && !live}
                onClick={() => setWriting({ from: live?.text ?? FIRST })}
              >
                Write a draft
              </Button>
            )}
          </div>
          {live && <Words words={live.words} />}
          {history.live === null && (
            <p className="muted pad">
              Leads wait until a policy says who gets them.{' '}
              <a href="/start" onClick={follow('/start')}>
                Getting started
              </a>{' '}
              proposes a first one from the people of your CRM.
            </p>
          )}
        </section>
      ) : (
        <DraftEditor
          key={'id' in writing ? writing.id : 'new'}
          id={'id' in writing ? writing.id : null}
          from={'from' in writing ? writing.from : ''}
          rules={history.rules}
          saved={(id) => setWriting({ id })}
          close={() => setWriting(null)}
        />
      )}
      <aside className="policy-aside">
        <Drafts drafts={history.drafts} open={(id) => setWriting({ id })} />
        <History history={history} />
      </aside>
    </div>
  );
}

const FIRST = `fairlead: 1
name: Inbound leads
pools:
  - {id: everyone, name: Everyone, method: round_robin, members: [{team: sales}]}
fallback: [{pool: everyone}]
`;

function Drafts({ drafts, open }: { drafts: readonly DraftSummary[]; open: (id: string) => void }) {
  const nameOf = useNameOf();
  return (
    <section className="panel" aria-labelledby="drafts-title">
      <div className="panel-head">
        <h2 id="drafts-title">Drafts</h2>
      </div>
      {drafts.length === 0 && (
        <p className="muted pad">None. A draft changes nothing until it is published.</p>
      )}
      <ul className="versions">
        {drafts.map((draft) => (
          <li key={draft.id}>
            <button type="button" className="version-open" onClick={() => open(draft.id)}>
              {draft.note ?? 'A draft without a note'}
            </button>
            <p className="muted">{standing(draft, nameOf)}</p>
            {draft.refusal && <p className="finding-error">{draft.refusal}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Where a draft stands, in a line. */
const standing = (
  { publishAt, approvedBy, simulation, authors, changedAt }: DraftSummary,
  nameOf: (who: string) => string,
): string =>
  [
    publishAt ? `goes live ${moment(publishAt)}` : `written ${moment(changedAt)}`,
    `by ${authors.map(nameOf).join(', ')}`,
    simulation && `tried on ${simulation.leads.toLocaleString()} leads`,
    approvedBy && `approved by ${nameOf(approvedBy)}`,
  ]
    .filter(Boolean)
    .join(' · ');
