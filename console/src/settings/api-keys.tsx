import { Button, Skeleton } from '@mantine/core';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { ApiKeyView } from '../../../server/assignments/key-ports.ts';
import { type KeyDeed, useKeyDeed, useKeys } from '../api/use-keys.ts';
import { useMay } from '../api/use-me.ts';
import { useNameOf } from '../api/use-people.ts';
import { At } from '../components/ago.tsx';
import { Copyable } from '../components/copyable.tsx';
import { Failure } from '../components/failure.tsx';
import { Question } from '../components/question.tsx';
import { ago, moment } from '../lib/time.ts';
import { useNow } from '../lib/use-now.ts';
import { MakeKey } from './make-key.tsx';
import { RotateKey } from './rotate-key.tsx';
import { Section } from './section.tsx';

/** Keys by which other programs call Fairlead. Nothing for who may not administer. */
export function ApiKeys() {
  if (!useMay('administer')) return null;
  return (
    <Section
      id="keys"
      title="API keys"
      says="What other programs call Fairlead with: your website, an enrichment tool, a script."
    >
      <Body />
    </Section>
  );
}

function Body() {
  const { data, error } = useKeys();
  const deed = useKeyDeed();
  if (!data) return error ? <Failure error={error} /> : <Skeleton height={160} />;
  const inUse = data.keys.filter(({ state }) => state === 'active');
  const over = data.keys.filter(({ state }) => state !== 'active');
  const givable = new Map(data.givable.map(({ scope, words }) => [scope, words]));
  const act = (one: KeyDeed) => deed.mutateAsync(one).catch(() => null);
  return (
    <>
      {deed.data && <Shown secret={deed.data} done={deed.reset} />}
      <Failure error={deed.error} />
      <ul className="api-keys" aria-label="API keys">
        {inUse.map((key) => (
          <Key key={key.id} apiKey={key} givable={givable} act={act} />
        ))}
      </ul>
      {inUse.length === 0 && <p className="muted">No key is in use.</p>}
      <MakeKey givable={data.givable} act={act} pending={deed.isPending} />
      {over.length > 0 && (
        <details>
          <summary className="muted">{over.length} revoked or expired</summary>
          <ul className="api-keys" aria-label="Revoked or expired">
            {over.map((key) => (
              <Key key={key.id} apiKey={key} givable={givable} act={null} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

const Shown = ({ secret, done }: { secret: string; done: () => void }) => (
  <div className="told api-key-shown" role="status">
    <p>
      <strong>This is the key, shown this once.</strong> Copy it to where it is used; Fairlead keeps only its
      hash.
    </p>
    <Copyable text={secret} label="the key" block />
    <Button size="compact-sm" variant="default" onClick={done}>
      I have copied it
    </Button>
  </div>
);

/** How many permissions there are. */
const EVERYTHING = 6;

interface KeyProps {
  readonly apiKey: ApiKeyView;
  readonly givable: ReadonlyMap<string, string>;
  /** null: nothing is done about it any more. */
  readonly act: ((deed: KeyDeed) => Promise<unknown>) | null;
}

function Key({ apiKey, givable, act }: KeyProps) {
  const [asking, setAsking] = useState<'rotate' | 'revoke' | null>(null);
  const close = () => setAsking(null);
  const { id, name, scopes, secrets } = apiKey;
  const [, old] = secrets;
  // Whoever gets the new secret may do what the key may.
  const mayRotate = scopes.every((scope) => givable.has(scope));
  return (
    <li className="api-key">
      <div>
        <strong>
          <KeyRound size={14} aria-hidden="true" /> {name}
        </strong>{' '}
        {secrets[0]?.prefix && <code>{secrets[0].prefix}…</code>}
        <p>{inWords(scopes, givable)}</p>
        <Facts apiKey={apiKey} />
        {old?.endsAt && act && (
          <p className="api-key-overlap">
            The secret before{old.prefix && ` (${old.prefix}…)`} serves until <At iso={old.endsAt} />.
          </p>
        )}
      </div>
      {act && (
        <div className="api-key-deeds">
          {mayRotate && (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`Replace ${name}`}
              onClick={() => setAsking('rotate')}
            >
              Replace…
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            aria-label={`Revoke ${name}`}
            onClick={() => setAsking('revoke')}
          >
            Revoke
          </Button>
          <RotateKey apiKey={apiKey} opened={asking === 'rotate'} close={close} act={act} />
          {asking === 'revoke' && (
            <Question
              title={`Revoke ${name}?`}
              deed="Revoke"
              close={close}
              act={() => void act({ do: 'revoke', id }).then(close)}
            >
              <p>It ends at once: whatever calls with it is refused.</p>
            </Question>
          )}
        </div>
      )}
    </li>
  );
}

const inWords = (scopes: readonly string[], givable: ReadonlyMap<string, string>): string =>
  scopes.length === EVERYTHING
    ? 'May do everything.'
    : `May ${scopes.map((scope) => givable.get(scope) ?? scope).join('; ')}.`;

function Facts({ apiKey: { state, madeBy, createdAt, expiresAt, lastUsedAt } }: { apiKey: ApiKeyView }) {
  const now = useNow(60_000);
  const nameOf = useNameOf();
  const facts = [
    state === 'revoked' && 'Revoked',
    `made ${ago(createdAt, now)}${madeBy === null ? '' : ` by ${nameOf(madeBy)}`}`,
    lastUsedAt === null ? 'never used' : `last used ${ago(lastUsedAt, now)}`,
    expiresAt && `${state === 'expired' ? 'expired' : 'expires'} ${moment(expiresAt)}`,
  ];
  return <p className="muted">{facts.filter(Boolean).join(' · ')}</p>;
}
