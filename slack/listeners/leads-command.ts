import type { App } from '@slack/bolt';
import { awayNow, awayRefusal, BACK_NOW, NOT_A_TIME } from '../views/away-text.ts';
import { help } from '../views/help.ts';
import { COMMAND } from '../views/ids.ts';
import { NOT_A_REP } from '../views/outcome-text.ts';
import { connectionOf, type ListenerParts } from './parts.ts';
import { type LeadsCommand, readCommand } from './read-command.ts';

type Switch = Extract<LeadsCommand, { kind: 'away' | 'back' }>;

/** `/leads away …`, `/leads back`, and help for whatever else is typed: answered for the asker's eyes only. */
export const leadsCommand = (app: App, parts: ListenerParts): void =>
  app.command(COMMAND, async ({ ack, command, context, respond }) => {
    const read = readCommand(command.text);
    if (read.kind === 'help') return ack({ response_type: 'ephemeral', ...help() });
    if (read.kind === 'unclear') return ack({ response_type: 'ephemeral', text: NOT_A_TIME });
    await ack();
    const connection = connectionOf(context);
    const rep = await parts.connections.repOf(connection, command.user_id);
    const text =
      rep === null
        ? NOT_A_REP
        : await carryOut(parts, { tenantId: connection.tenantId, repId: rep.id }, read);
    await respond({ response_type: 'ephemeral', replace_original: false, text });
  });

const carryOut = async (
  parts: ListenerParts,
  who: { readonly tenantId: string; readonly repId: string },
  read: Switch,
): Promise<string> => {
  const until = read.kind === 'away' && read.forMs !== null ? parts.clock.now() + read.forMs : null;
  const reply = await parts.useCases.setAway({ ...who, away: read.kind === 'back' ? null : { until } });
  if (!reply.ok) return awayRefusal(reply);
  if (read.kind === 'back') return BACK_NOW;
  const home = await parts.queries.repHome(who.tenantId, who.repId);
  return awayNow(until, reply.passedOn, home?.timezone ?? 'UTC');
};
