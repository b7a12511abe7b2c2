import type { VendorScopes } from '../../assignments/install-ports.ts';

const TERRITORIES = 'Zoho’s territories are not known';
const CONVERT = 'leads cannot be converted when they are claimed';

/** What each scope is for [doc]. */
const WANTED = {
  'ZohoCRM.modules.ALL': 'leads can be neither read nor given an owner',
  'ZohoCRM.users.READ': 'people cannot be imported',
  'ZohoCRM.org.READ': 'the org cannot be told from others',
  'ZohoCRM.settings.fields.READ': 'fields cannot be checked or filled',
  'ZohoCRM.settings.modules.READ': 'fields cannot be checked or filled',
  'ZohoCRM.settings.business_hours.READ': 'shifts kept in Zoho are not known',
  'ZohoCRM.settings.users_unavailability.READ': 'time off kept in Zoho is not known',
  'ZohoCRM.settings.territories.READ': TERRITORIES,
  'ZohoCRM.settings.user_groups.READ': 'Zoho’s user groups are not known as teams',
  'ZohoCRM.coql.READ': 'people and open work cannot be looked up',
  'ZohoCRM.notifications.ALL': 'Zoho does not notify of changes: they are found by looking, minutes later',
  'ZohoCRM.mass_convert.leads.CREATE': CONVERT,
  'ZohoCRM.mass_convert.leads.READ': CONVERT,
} as const;

/** As an install asks for them. */
export const INSTALL_SCOPES = Object.keys(WANTED);

/** A scope holds all that is below it, and `ALL` every operation. */
const covers = (granted: string, scope: string): boolean => {
  const [held, wanted] = [granted.toLowerCase().split('.'), scope.toLowerCase().split('.')];
  const [operation, asked] = [held.pop(), wanted.pop()];
  return held.every((part, i) => part === wanted[i]) && (operation === 'all' || operation === asked);
};

export const ZOHO_SCOPES: VendorScopes = {
  wanted: Object.entries(WANTED).map(([scope, without]) => ({ scope, without })),
  covers,
};
