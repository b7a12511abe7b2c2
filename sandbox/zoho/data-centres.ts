/** Data centres, each with its own accounts server and API host. Source: Zoho's own SDKs. */
export const DATA_CENTRES = ['com', 'eu', 'in', 'com.au', 'com.cn', 'jp', 'sa', 'ca'] as const;

export type DataCentre = (typeof DATA_CENTRES)[number];

/** What the callback calls each of them. */
const LOCATIONS: Readonly<Record<DataCentre, string>> = {
  com: 'us',
  eu: 'eu',
  in: 'in',
  'com.au': 'au',
  'com.cn': 'cn',
  jp: 'jp',
  sa: 'sa',
  ca: 'ca',
};

export const isDataCentre = (text: string): text is DataCentre => DATA_CENTRES.includes(text as DataCentre);

export const locationOf = (dc: string): string => (isDataCentre(dc) ? LOCATIONS[dc] : 'us');

/** Here a data centre is a path where Zoho has a host: `accounts.zoho.eu` is `/zoho/accounts.eu`. */
export const accountsUrl = (baseUrl: string, dc: string): string => `${baseUrl}/accounts.${dc}`;
export const apiUrl = (baseUrl: string, dc: string): string => `${baseUrl}/api.${dc}`;
