import type { AwayReply } from '../../server/assignments/use-cases.ts';
import { moment } from './moment.ts';

const handedOn = (count: number): string => {
  if (count === 0) return '';
  return count === 1
    ? ' The offer you had not answered goes to somebody else; your turn is kept.'
    : ` The ${count} offers you had not answered go to somebody else; your turns are kept.`;
};

/** What somebody is told who has just gone away, in mrkdwn. `until` null: until they switch back. */
export const awayNow = (until: number | null, passedOn: number, timezone: string): string => {
  const end =
    until === null ? 'until you switch back with `/leads back`' : `until ${moment(until, timezone)}`;
  return `:palm_tree: *You are away ${end}.* No new leads come to you; those that are yours stay yours.${handedOn(passedOn)}`;
};

export const BACK_NOW = ':large_green_circle: *You are back.* New leads come to you in your working hours.';

export const NOT_A_TIME =
  'Write how long, such as `/leads away 3h` or `/leads away 2d`, or just `/leads away` until you switch back.';

const REFUSED: Readonly<Record<Exclude<AwayReply, { ok: true }>['code'], string>> = {
  in_the_past: 'Choose a time that is still to come.',
  too_far: 'Choose a time within a year.',
  not_found: 'You take no leads here, so there is nothing to switch.',
};

/** Why somebody's time off was not taken. Plain text. */
export const awayRefusal = ({ code }: Exclude<AwayReply, { ok: true }>): string => REFUSED[code];
