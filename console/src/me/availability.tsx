import { Button, TextInput } from '@mantine/core';
import type { MyHome, useMyDeed } from '../api/use-my-home.ts';
import { clock, moment } from '../lib/time.ts';
import { useNow } from '../lib/use-now.ts';

const STATE: Readonly<Record<string, string>> = {
  available: 'You are at work and get leads.',
  off_hours: 'It is outside your hours.',
  time_off: 'You have time off.',
  holiday: 'It is a holiday.',
  paused: 'An admin has paused you.',
};

/** Whether a rep gets leads now, and the switch. */
export function Availability({ home, deed }: { home: MyHome; deed: ReturnType<typeof useMyDeed> }) {
  const now = useNow(60_000);
  const { away, availability } = home;
  const leave = (event: React.FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = String(new FormData(event.currentTarget).get('until'));
    deed.mutate({ do: 'away', until: given === '' ? null : new Date(given).toISOString() });
  };
  return (
    <section className="panel" aria-labelledby="my-time">
      <div className="panel-head">
        <h2 id="my-time">Your time</h2>
      </div>
      {away ? (
        <div className="my-away">
          <p>
            You are away {away.until ? `until ${moment(away.until)}` : 'until you switch back'}: no new leads
            come to you.
          </p>
          <Button loading={deed.isPending} onClick={() => deed.mutate({ do: 'back' })}>
            I am back
          </Button>
        </div>
      ) : (
        <form className="my-away" onSubmit={leave}>
          <p>
            {STATE[availability.code]}
            {availability.backAt && ` Back ${clock(availability.backAt, now)}.`}
          </p>
          <div className="my-away-until">
            <TextInput
              name="until"
              type="datetime-local"
              label="Away until"
              description="Empty: until you switch back."
            />
            <Button type="submit" variant="default" loading={deed.isPending}>
              I am away
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}
