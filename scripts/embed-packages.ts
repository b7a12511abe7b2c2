import { readFileSync } from 'node:fs';

const read = (path: string): string => readFileSync(new URL(`../embeds/${path}`, import.meta.url), 'utf8');

/** What both panels share. */
const shared = () => ({ 'panel.js': read('panel/panel.js'), 'panel.css': read('panel/panel.css') });

/** The web resources of the lead's form, by the last part of their names. */
export const dynamicsFiles = (): Readonly<Record<string, string>> => ({
  'panel.html': read('dynamics/panel.html'),
  'web-resource.js': read('dynamics/web-resource.js'),
  'form.js': read('dynamics/form.js'),
  ...shared(),
});

/** The widget, as its archive holds it: the manifest, and the pages below `app`. */
export const zohoFiles = (): Readonly<Record<string, string>> => ({
  'plugin-manifest.json': read('zoho/plugin-manifest.json'),
  'app/widget.html': read('zoho/app/widget.html'),
  'app/widget.js': read('zoho/app/widget.js'),
  ...Object.fromEntries(Object.entries(shared()).map(([name, text]) => [`app/${name}`, text])),
});
