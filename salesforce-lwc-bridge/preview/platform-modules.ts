import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'rollup';

const STAND_IN = '\0platform:';
const ICON_LIST = /buildTemplates[\\/]templates\.js$/;

/** Icons that base components bring with them; ours are read from the sources. */
const BASE_ICONS = [
  'utility_check',
  'utility_chevronleft',
  'utility_chevronright',
  'utility_down',
  'utility_switch',
  'utility_info',
];

/** The custom labels, by their full names, as the metadata file has them. */
export const readLabels = (packageFolder: string): ReadonlyMap<string, string> => {
  const xml = readFileSync(join(packageFolder, 'labels/CustomLabels.labels-meta.xml'), 'utf8');
  const label = /<fullName>(.*?)<\/fullName>[\s\S]*?<value>(.*?)<\/value>/g;
  const plain = (text: string) => text.replace('&lt;', '<').replace('&gt;', '>').replaceAll('&amp;', '&');
  return new Map([...xml.matchAll(label)].map(([, name, value]) => [name!, plain(value!)]));
};

/** What the page tells the modules: see `CardPageOptions`. */
const given = 'window.fairleadPreview';

const apex = (method: string): string => `
  export default async (params) => {
    const reply = await fetch(${given}.source + '/${method}', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(params) });
    const answer = await reply.json();
    if (!reply.ok) throw { body: answer };
    return answer;
  };`;

/**
 * Who frames the page is told when the card changed the record, and tells when something else did. What changed it does
 * not say, so every change counts as one of the owner, the field that the card asks for.
 */
const RECORDS = `
  export class getRecord {
    constructor(tell) {
      let changes = 0;
      const emit = () => tell({ data: { fields: { OwnerId: { value: 'owner ' + changes++ } } } });
      this.hear = ({ data, source }) => source !== window && data?.fairlead === 'record-changed' && emit();
      this.emit = emit;
    }
    connect() { window.addEventListener('message', this.hear); this.emit(); }
    disconnect() { window.removeEventListener('message', this.hear); }
    update() {}
  }
  export const notifyRecordUpdateAvailable = (records) =>
    window.parent.postMessage({ fairlead: 'record-changed', records }, location.origin);`;

const I18N: Readonly<Record<string, string>> = {
  locale: `${given}.locale ?? 'en-US'`,
  lang: `(${given}.locale ?? 'en-US').split('-')[0]`,
  timeZone: `${given}.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone`,
  dir: `${given}.dir ?? 'ltr'`,
};

function standIn(id: string, labels: ReadonlyMap<string, string>): string | null {
  const [scope, kind, ...rest] = id.split('/');
  const name = rest.join('/');
  if (id === 'lightning/uiRecordApi') return RECORDS;
  if (scope !== '@salesforce') return null;
  if (kind === 'apex') return apex(name.split('.').pop()!);
  if (kind === 'i18n' && I18N[name]) return `export default ${I18N[name]};`;
  if (kind === 'gate') return 'export default { isOpen: () => false };';
  if (kind !== 'label' || !name.startsWith('c.')) return null;
  const label = labels.get(name.slice(2));
  if (label === undefined) throw new Error(`There is no custom label ${name.slice(2)}.`);
  return `export default ${JSON.stringify(label)};`;
}

/**
 * Stands in for what the platform gives a component: Apex is a fetch to the page's `source`, labels come from the
 * metadata, language and zone from the page. Of the thousands of icons only `icons` (as `utility_refresh`) are kept.
 */
export function platformModules(packageFolder: string, icons: ReadonlySet<string>): Plugin {
  const labels = readLabels(packageFolder);
  const kept = new Set([...BASE_ICONS, ...icons]);
  return {
    name: 'platform-modules',
    resolveId: (id) => (standIn(id, labels) === null ? null : STAND_IN + id),
    load(id) {
      if (id.startsWith(STAND_IN)) return standIn(id.slice(STAND_IN.length), labels);
      if (!ICON_LIST.test(id)) return null;
      const imports = readFileSync(id, 'utf8')
        .split('\n')
        .filter((line) => kept.has(/as (\w+)/.exec(line)?.[1] ?? ''));
      const names = imports.map((line) => /as (\w+)/.exec(line)![1]);
      return `${imports.join('\n')}\nexport default { ${names.join(', ')} };`;
    },
  };
}
