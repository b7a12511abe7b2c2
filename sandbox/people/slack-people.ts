import type { Scheduler } from '../scheduler.ts';
import type { SlackMessage, SlackState } from '../slack/model.ts';

interface SlackPeopleDeps {
  /** Where this process listens: people press buttons over HTTP, as the page does. */
  readonly baseUrl: () => string;
  readonly state: () => SlackState;
  readonly scheduler: Scheduler;
  readonly random: () => number;
}

/** How the people behave: most offers are claimed after a while, some are declined, some are missed. */
const LOOK_EVERY_MS = 2000;
const SHORTEST_ANSWER_MS = 5000;
const LONGEST_ANSWER_MS = 70_000;
const CLAIM = 0.74;
const DECLINE = 0.14;
const REASONS = ['not_my_area', 'too_busy', 'conflict', 'other'];

interface Button {
  readonly actionId: string;
  readonly label: string;
}

const buttonsOf = (message: SlackMessage): readonly Button[] =>
  message.blocks.flatMap((block) => {
    const elements = Array.isArray(block.elements)
      ? (block.elements as readonly Record<string, unknown>[])
      : [];
    return elements
      .filter((element) => element.type === 'button' && element.url === undefined)
      .map((element) => ({
        actionId: String(element.action_id),
        label: String((element.text as { text?: string } | undefined)?.text ?? ''),
      }));
  });

/** Simulated reps in Slack. They look at their messages and press the buttons they find by what is written on them. */
export const createSlackPeople = ({ baseUrl, state, scheduler, random }: SlackPeopleDeps) => {
  const seen = new Set<string>();
  let calledOff = () => {};

  const post = async (path: string, body: unknown): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    await fetch(`${baseUrl()}/control/slack/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
  };

  const answer = async (channel: string, ts: string, user: string): Promise<void> => {
    const message = state().messages.find((one) => one.channel === channel && one.ts === ts);
    const mood = random();
    const wanted = mood < CLAIM ? 'claim' : mood < CLAIM + DECLINE ? 'decline' : null;
    const button =
      message && buttonsOf(message).find((one) => one.label.toLowerCase().startsWith(wanted ?? '\0'));
    if (!button) return;
    await post('press', { user, channel, ts, actionId: button.actionId });
    if (wanted !== 'decline') return;
    const reason = REASONS[Math.floor(random() * REASONS.length)];
    await post('submit', { user, values: { decline_reason: reason } });
  };

  const look = (): void => {
    for (const message of state().messages) {
      const key = `${message.channel}/${message.ts}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const channel = state().channels.find((one) => one.id === message.channel);
      const user = channel?.kind === 'im' ? channel.members[0] : undefined;
      if (!user || buttonsOf(message).length === 0) continue;
      const delay = SHORTEST_ANSWER_MS + random() * random() * (LONGEST_ANSWER_MS - SHORTEST_ANSWER_MS);
      // A press that fails is the person's bad luck: Slack has shown them why.
      scheduler.after(delay, () => void answer(message.channel, message.ts, user).catch(() => undefined));
    }
    calledOff = scheduler.after(LOOK_EVERY_MS, look);
  };

  return {
    /** Whether the people are at their screens. */
    setPresent: (present: boolean): void => {
      calledOff();
      if (present) look();
    },
  };
};
