import type { SlackHomes } from '../../assignments/slack-ports.ts';
import type { Storage } from '../storage.ts';

/** Reps who opened their Home in Slack, in the tenant's rows. */
export const createHomeStore = (storage: Storage): SlackHomes => ({
  opened: ({ tenantId, repId, connectionId, slackUserId, at }) =>
    storage.withTenant(tenantId, async (trx) => {
      const opened = { slack_user_id: slackUserId, opened_at: new Date(at) };
      await trx
        .insertInto('slack_home')
        .values({ tenant_id: tenantId, rep_id: repId, connection_id: connectionId, ...opened })
        .onConflict((conflict) =>
          conflict.columns(['tenant_id', 'rep_id', 'connection_id']).doUpdateSet(opened),
        )
        .execute();
    }),
  forget: ({ tenantId, repId, connectionId }) =>
    storage.withTenant(tenantId, async (trx) => {
      await trx
        .deleteFrom('slack_home')
        .where('tenant_id', '=', tenantId)
        .where('rep_id', '=', repId)
        .where('connection_id', '=', connectionId)
        .execute();
    }),
});
