/** What Fairlead asks for. */
export const USUAL_SCOPES: readonly string[] = [
  'ZohoCRM.modules.ALL',
  'ZohoCRM.users.READ',
  'ZohoCRM.org.READ',
  'ZohoCRM.settings.fields.READ',
  'ZohoCRM.settings.territories.READ',
  'ZohoCRM.settings.user_groups.READ',
  'ZohoCRM.settings.users_unavailability.READ',
  'ZohoCRM.settings.business_hours.READ',
  'ZohoCRM.settings.modules.READ',
  'ZohoCRM.coql.READ',
  'ZohoCRM.notifications.ALL',
  'ZohoCRM.mass_convert.leads.CREATE',
  'ZohoCRM.mass_convert.leads.READ',
];

export type Verb = 'READ' | 'CREATE' | 'UPDATE' | 'DELETE';

export const isScope = (text: string): boolean =>
  /^ZohoCRM(\.[A-Za-z_]+)+\.(ALL|READ|CREATE|UPDATE|DELETE|WRITE)$/i.test(text);

/** Whether one of the scopes covers that part (`modules.leads`) and verb: a scope covers all below it. */
export const allows = (scopes: readonly string[], part: string, verb: Verb): boolean =>
  scopes.some((scope) => {
    const steps = scope.toLowerCase().split('.');
    const operation = steps.pop();
    const covers = `zohocrm.${part.toLowerCase()}.`.startsWith(`${steps.join('.')}.`);
    const does = operation === 'all' || operation === verb.toLowerCase();
    return covers && (does || (operation === 'write' && verb !== 'READ'));
  });
