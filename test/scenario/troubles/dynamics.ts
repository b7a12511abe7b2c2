import { dynamics as crm } from '../crms/dynamics.ts';
import { PEOPLE } from '../scenario-crm.ts';
import { secretTrouble, type TroubledCrm } from './trouble.ts';

const NAME = 'scenarios';

export const dynamics: TroubledCrm = {
  crm,
  open: ({ dynamics: vendor }) => {
    const set = (
      table: string,
      fits: (values: Readonly<Record<string, unknown>>) => boolean,
      change: object,
    ) => {
      const rows = vendor.environment(NAME).tables.get(table)!;
      const row = [...rows.values()].find(({ values }) => fits(values))!;
      rows.set(row.id, { ...row, values: { ...row.values, ...change } });
    };
    const disable = (isdisabled: boolean) =>
      set('systemuser', (one) => one.internalemailaddress === PEOPLE.anna.email, { isdisabled });
    const giveRole = (sandbox_hasroles: boolean) =>
      set('team', (one) => one.name === 'Holding', { sandbox_hasroles });
    return {
      wrongSecret: secretTrouble({
        app: vendor.app,
        expire: () => vendor.entra.expireAll(),
        names: 'DYNAMICS',
      }),
      missingScopes: {
        begin: () => vendor.setPrivilege('prvAssignLead', false, NAME),
        mend: () => vendor.setPrivilege('prvAssignLead', true, NAME),
        says: /application user too little.*prvAssignLead.*security role/,
      },
      noLeads: {
        begin: () => vendor.setInstalled({ sales: false }, NAME),
        mend: () => vendor.setInstalled({ sales: true }, NAME),
        says: /does not have these records.*have Sales installed/,
      },
      fieldDeleted: {
        source: 'lead.jobtitle',
        begin: () => vendor.setInstalled({ deletedColumns: ['lead.jobtitle'] }, NAME),
        mend: () => vendor.setInstalled({ deletedColumns: [] }, NAME),
        says: /Dynamics 365 has no lead\.jobtitle .*correct the field in the policy/,
      },
      inactiveOwner: {
        begin: () => disable(true),
        mend: () => disable(false),
        says: /disabled there.*Enable them.*stays with whoever has it/,
      },
      queueCannotOwn: {
        target: 'Holding',
        begin: () => giveRole(false),
        mend: () => giveRole(true),
        says: /team may not own.*security role.*stays with whoever has it/,
      },
    };
  },
};
