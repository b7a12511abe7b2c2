import type { PipedriveSandbox } from '../pipedrive/create-pipedrive.ts';
import type { CrmWork } from './crm-work.ts';

/** What reps do in the Pipedrive company. `sells`: whether the person with that e-mail sells. */
export const pipedriveWork = (pipedrive: PipedriveSandbox, sells: (email: string) => boolean): CrmWork => ({
  open: () => {
    const { lead, user } = pipedrive.account().tables;
    return [...lead.values()]
      .filter((one) => one.is_archived !== true)
      .map((one) => ({
        id: String(one.id),
        owner: String(one.owner_id),
        since: Date.parse(String(one.update_time)),
      }))
      .filter(({ owner }) => sells(String(user.get(owner)?.email ?? '')));
  },
  convert: ({ id, owner }) => void pipedrive.convert({ id, by: owner }),
  giveUp: ({ id, owner }) => pipedrive.update({ id, by: owner, values: { is_archived: true } }),
});
