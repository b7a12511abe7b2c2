import type { BlockAction, RespondFn } from '@slack/bolt';
import type { ConnectionInfo } from '../../server/assignments/ports.ts';
import { slackCode } from '../sending/delivery-result.ts';
import { noticeModal } from '../views/notice-modal.ts';
import type { ListenerParts } from './parts.ts';

/** Whether a button was pressed on the Home: then there is no message, and nothing to respond to. */
export const isOnHome = (body: BlockAction): boolean => body.view?.type === 'home';

/** The form cannot be opened any more, since it took too long. */
export const TRIGGER_ERRORS: ReadonlySet<string> = new Set([
  'expired_trigger_id',
  'exchanged_trigger_id',
  'invalid_trigger_id',
  'trigger_expired',
]);

/** Tells who pressed something in mrkdwn: beside the card, which stays, or over their Home. */
export const answerTo = (
  { clients }: Pick<ListenerParts, 'clients'>,
  connection: ConnectionInfo,
  body: BlockAction,
  respond: RespondFn,
): ((text: string) => Promise<void>) => {
  if (!isOnHome(body))
    return async (text) =>
      void (await respond({ response_type: 'ephemeral', replace_original: false, text }));
  return async (text) => {
    const client = await clients.of(connection.id);
    try {
      await client.views.open({ trigger_id: body.trigger_id, view: noticeModal(text) });
    } catch (error) {
      // The Home is drawn again all the same, and shows where the lead stands.
      if (!TRIGGER_ERRORS.has(slackCode(error) ?? '')) throw error;
    }
  };
};
