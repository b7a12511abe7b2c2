import { returnAddresses } from '../open-id/return-addresses.ts';
import type { StandIn, StandInDeps } from '../stand-in.ts';
import { createSlackSandbox, type SlackSandbox, type SlackSandboxOptions } from './create-slack-sandbox.ts';
import type { SlackState } from './model.ts';

/** Slack with what was saved of its workspace. Its page is of its own kind. */
export const openSlack = async (
  { target, baseUrl, scheduler, files }: StandInDeps,
  options: Omit<SlackSandboxOptions, 'appUrl' | 'baseUrl' | 'now' | 'saved' | 'onChange' | 'mayReturnTo'>,
): Promise<{ readonly slack: SlackSandbox; readonly standIn: StandIn }> => {
  const saved = (await files.load('slack')) as SlackState | null;
  const slack = createSlackSandbox({
    appUrl: () => target.url,
    baseUrl,
    now: scheduler.now,
    mayReturnTo: returnAddresses(target, '/oauth/slack/signed-in'),
    ...options,
    ...(saved && { saved }),
    onChange: () => files.touched({ name: 'slack', dump: () => slack.state }),
  });
  const { router, control, switches } = slack;
  return {
    slack,
    standIn: {
      slug: 'slack',
      name: 'Slack',
      router,
      control,
      desk: null,
      switches,
      close: async () => slack.close(),
    },
  };
};
