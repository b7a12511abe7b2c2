import type { DynamicsSandbox } from '../dynamics/create-dynamics.ts';
import { isRef } from '../dynamics/types.ts';
import type { CrmWork } from './crm-work.ts';

/** What reps do in the Dataverse environment. `sells`: whether the person with that e-mail sells. */
export const dynamicsWork = (dynamics: DynamicsSandbox, sells: (email: string) => boolean): CrmWork => ({
  open: () => {
    const sellers = new Set(
      dynamics
        .rows('systemuser')
        .filter(({ values }) => sells(String(values.internalemailaddress)))
        .map(({ id }) => id),
    );
    return dynamics
      .rows('lead')
      .filter(({ values }) => values.statecode === 0)
      .map(({ id, values }) => ({
        id,
        owner: isRef(values.ownerid) ? values.ownerid.id : '',
        since: Date.parse(String(values.modifiedon)),
      }))
      .filter(({ owner }) => sellers.has(owner));
  },
  convert: ({ id, owner }) => void dynamics.convert({ id, by: owner }),
  giveUp: ({ id, owner }) => dynamics.disqualify({ id, by: owner }),
});
