import type { App } from '@slack/bolt';
import { help } from '../views/help.ts';
import { COMMAND } from '../views/ids.ts';

/** `/leads`, `/leads help` and whatever else is typed after it: what the app does, for the asker's eyes only. */
export const leadsCommand = (app: App): void =>
  app.command(COMMAND, async ({ ack }) => {
    await ack({ response_type: 'ephemeral', ...help() });
  });
