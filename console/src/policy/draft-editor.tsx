import { Button, Group, Skeleton, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import type {
  DraftView,
  FindingView,
  PublishingRules,
} from '../../../server/assignments/publishing/publishing.ts';
import { useNameOf } from '../api/use-people.ts';
import { type PolicyDeed, useDraft, usePolicyDeed } from '../api/use-policy.ts';
import { At } from '../components/ago.tsx';
import { AskedButton } from '../components/asked-button.tsx';
import { Failure } from '../components/failure.tsx';
import { Question } from '../components/question.tsx';
import { TryOnPast } from '../past/try-on-past.tsx';
import { Changes } from './changes.tsx';
import { Findings } from './findings.tsx';
import { TriedInShort } from './tried-in-short.tsx';

interface EditorProps {
  /** null: it is not kept yet. */
  readonly id: string | null;
  /** What a new one begins with. */
  readonly from: string;
  readonly rules: PublishingRules;
  readonly saved: (id: string) => void;
  readonly close: () => void;
}

/** A draft as text: written, checked, published or scheduled. */
export function DraftEditor(props: EditorProps) {
  const { data, error } = useDraft(props.id);
  if (props.id === null) return <Editor {...props} draft={null} />;
  if (data) return <Editor {...props} draft={data} />;
  return error ? <Failure error={error} /> : <Skeleton height={420} />;
}

function Editor({
  draft,
  id,
  from,
  rules,
  saved,
  close,
}: EditorProps & { readonly draft: DraftView | null }) {
  const [text, setText] = useState(draft?.text ?? from);
  const [note, setNote] = useState(draft?.note ?? '');
  const [at, setAt] = useState('');
  const [leaving, setLeaving] = useState(false);
  const deed = usePolicyDeed();
  const nameOf = useNameOf();
  const field = useRef<HTMLTextAreaElement>(null);
  const changed = text !== (draft?.text ?? from) || note !== (draft?.note ?? '');
  const written = draft !== null && !changed;
  const act = (wanted: PolicyDeed, then?: () => void) =>
    deed.mutate(wanted, {
      onSuccess: (done) => {
        if (id === null && 'text' in done) saved(done.id);
        then?.();
      },
    });
  const revision = draft?.revision ?? 0;
  const ready = written && draft.needs.length === 0;
  return (
    <section className="panel" aria-labelledby="draft-title">
      <div className="panel-head">
        <h2 id="draft-title">{id === null ? 'A new draft' : 'Draft'}</h2>
        <Button variant="default" size="compact-md" onClick={changed ? () => setLeaving(true) : close}>
          Close
        </Button>
        {leaving && (
          <Question
            title="Close without saving?"
            deed="Close without saving"
            keep="Go on writing"
            act={close}
            close={() => setLeaving(false)}
          >
            <p>What you changed since the draft was last saved is lost.</p>
          </Question>
        )}
      </div>
      <div className="draft">
        <TextInput
          label="What it is for"
          value={note}
          maxLength={2000}
          onChange={(event) => setNote(event.target.value)}
        />
        <PolicyText text={text} change={setText} findings={written ? draft.findings : []} field={field} />
        {written && <Findings draft={draft} goTo={(line) => select(field.current, line)} />}
        {written && draft.findings.every(({ severity }) => severity !== 'error') && (
          <>
            <h3>What it would change</h3>
            <Changes changes={draft.changes} none="Nothing: it says what is live." />
          </>
        )}
        {written && <TriedInShort draft={draft} />}
        {draft?.publishAt && (
          <p>
            It goes live <At iso={draft.publishAt} />.
          </p>
        )}
        {draft?.refusal && <p className="finding-error">{draft.refusal}</p>}
        {written && draft.needs.includes('approval') && (
          <p className="muted">
            Two people publish here: somebody who wrote none of this ({draft.authors.map(nameOf).join(', ')})
            has to approve it.
          </p>
        )}
        {draft?.approvedBy && <p className="muted">Approved by {nameOf(draft.approvedBy)}.</p>}
        <Failure error={deed.error} />
        <Group className="draft-deeds">
          <Button
            variant={written ? 'default' : 'filled'}
            loading={deed.isPending && deed.variables.do === 'save'}
            onClick={() => act({ do: 'save', id, text, note })}
          >
            Check and save
          </Button>
          {id !== null && (
            <>
              {rules.approvals === 1 && (
                <Button
                  variant="default"
                  disabled={
                    !written ||
                    draft.approvedBy !== null ||
                    draft.needs.includes('correction') ||
                    draft.needs.includes('simulation')
                  }
                  onClick={() => act({ do: 'approve', id, revision })}
                >
                  Approve
                </Button>
              )}
              <Button disabled={!ready} onClick={() => act({ do: 'publish', id, revision, at: null }, close)}>
                Publish now
              </Button>
              <Schedule
                at={at}
                change={setAt}
                ready={ready}
                schedule={() => act({ do: 'publish', id, revision, at: new Date(at).toISOString() })}
              />
              {draft?.state === 'scheduled' && (
                <Button variant="default" onClick={() => act({ do: 'unschedule', id })}>
                  Call it off
                </Button>
              )}
              <AskedButton
                alone
                label="Discard the draft"
                title="Discard this draft?"
                means="Its text is gone for good. What is live stays as it is."
                act={() => act({ do: 'discard', id }, close)}
              >
                Discard
              </AskedButton>
            </>
          )}
        </Group>
        {draft !== null && <TryOnPast draft={draft} written={written} />}
      </div>
    </section>
  );
}

interface ScheduleProps {
  readonly at: string;
  readonly change: (at: string) => void;
  readonly ready: boolean;
  readonly schedule: () => void;
}

const Schedule = ({ at, change, ready, schedule }: ScheduleProps) => (
  <Group gap={6} wrap="nowrap">
    <TextInput
      type="datetime-local"
      aria-label="Moment to go live"
      value={at}
      onChange={(event) => change(event.target.value)}
    />
    <Button variant="default" disabled={!ready || at === ''} onClick={schedule}>
      Schedule
    </Button>
  </Group>
);

interface PolicyTextProps {
  readonly text: string;
  readonly change: (text: string) => void;
  readonly findings: readonly FindingView[];
  readonly field: React.RefObject<HTMLTextAreaElement | null>;
}

/** The text with its lines numbered; those with a finding stand out. */
function PolicyText({ text, change, findings, field }: PolicyTextProps) {
  const numbers = useRef<HTMLOListElement>(null);
  const marked = new Map(findings.map(({ line, severity }) => [line, severity]));
  const lines = text.split('\n');
  return (
    <div className="policy-text">
      <ol ref={numbers} aria-hidden="true">
        {lines.map((_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its number.
          <li key={index} className="line-number" data-severity={marked.get(index + 1)}>
            {index + 1}
          </li>
        ))}
      </ol>
      <textarea
        ref={field}
        aria-label="The policy as YAML"
        spellCheck={false}
        wrap="off"
        rows={Math.min(32, Math.max(12, lines.length + 1))}
        value={text}
        onChange={(event) => change(event.target.value)}
        onScroll={(event) => numbers.current?.scrollTo({ top: event.currentTarget.scrollTop })}
      />
    </div>
  );
}

const select = (field: HTMLTextAreaElement | null, line: number): void => {
  if (field === null) return;
  const lines = field.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  field.focus();
  field.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
};
