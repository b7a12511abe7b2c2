import { type SessionEntry, useEndSession, useMySessions } from '../api/use-people.ts';
import { AskedButton } from '../components/asked-button.tsx';
import { Failure } from '../components/failure.tsx';
import { browserName } from '../lib/browser-name.ts';
import { ago } from '../lib/time.ts';
import { useNow } from '../lib/use-now.ts';

/** The browsers one is signed in in, each but this one with a way to end it. */
export function MySessions() {
  const { data, error } = useMySessions();
  const end = useEndSession();
  if (!data) return <Failure error={error} />;
  const others = data.filter(({ here }) => !here).length;
  return (
    <>
      <Failure error={end.error} />
      <ul className="people" aria-label="Browsers you are signed in in">
        {data.map((session) => (
          <Session key={session.id} session={session} end={() => end.mutate(session.id)} />
        ))}
      </ul>
      {others > 1 && (
        <div>
          <AskedButton
            label="Sign out all others"
            title="Sign out all other browsers?"
            means={`${others} browsers are signed out. This one stays signed in.`}
            act={() => end.mutate(null)}
            alone
          >
            Sign out all others
          </AskedButton>
        </div>
      )}
    </>
  );
}

function Session({ session, end }: { session: SessionEntry; end: () => void }) {
  const now = useNow(60_000);
  const { agent, openedAt, seenAt, here } = session;
  const name = browserName(agent);
  const since = `since ${ago(openedAt, now)}`;
  return (
    <li className="person">
      <div>
        <strong>{name}</strong>
        {here && <span className="muted"> (this one)</span>}
        <p className="muted">
          {since} · last used {ago(seenAt, now)}
        </p>
      </div>
      {!here && (
        <AskedButton
          label={`Sign out ${name}, signed in ${since}`}
          title={`Sign out ${name}?`}
          means="Whoever sits there has to sign in again."
          act={end}
        >
          Sign out
        </AskedButton>
      )}
    </li>
  );
}
