/** Writes what is uploaded to Dynamics 365 and Zoho CRM into `dist/embeds`: `npm run embeds`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dynamicsFiles, zohoFiles } from './embed-packages.ts';
import { zip } from './zip.ts';

const to = fileURLToPath(new URL('../dist/embeds/', import.meta.url));
mkdirSync(`${to}dynamics`, { recursive: true });
for (const [name, text] of Object.entries(dynamicsFiles())) writeFileSync(`${to}dynamics/${name}`, text);
writeFileSync(`${to}fairlead-zoho-widget.zip`, zip(zohoFiles()));
console.log(
  `Web resources for Dynamics 365: ${to}dynamics\nWidget for Zoho CRM: ${to}fairlead-zoho-widget.zip`,
);
