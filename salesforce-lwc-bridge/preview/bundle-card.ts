import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as lwcPlugin from '@lwc/rollup-plugin';
import { type Plugin, rollup } from 'rollup';
import { platformModules } from './platform-modules.ts';

/** The folder with the package's metadata. */
export const PACKAGE = fileURLToPath(new URL('../force-app/main/default', import.meta.url));
const COMPONENTS = join(PACKAGE, 'lwc');
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ENTRY = fileURLToPath(new URL('mount.js', import.meta.url));
const require = createRequire(import.meta.url);

const CONSTANTS: readonly (readonly [RegExp, string])[] = [
  [/process\.env\.NODE_ENV/g, '"production"'],
  [/import\.meta\.env\.SSR/g, 'false'],
  [/import\.meta\.env/g, '({})'],
];

/** Its types are those of a CommonJS module, which it is not. */
const lwc = lwcPlugin.default as unknown as (options: object) => Plugin;

const constants: Plugin = {
  name: 'constants',
  transform: (code) => CONSTANTS.reduce((text, [name, value]) => text.replace(name, value), code),
};

/** Components of ours, by the names they are imported by. */
const componentModules = () =>
  readdirSync(COMPONENTS).map((name) => ({ name: `c/${name}`, path: join(COMPONENTS, name, `${name}.js`) }));

/** Every icon that a component names, as the icon library calls it. */
function iconsUsed(): ReadonlySet<string> {
  const files = readdirSync(COMPONENTS, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(js|html)$/.test(file),
  );
  const named = files.flatMap((file) => [
    ...readFileSync(join(COMPONENTS, file), 'utf8').matchAll(/\b(utility|standard):(\w+)/g),
  ]);
  return new Set(named.map(([, category, name]) => `${category}_${name}`));
}

async function bundle(): Promise<string> {
  const build = await rollup({
    input: ENTRY,
    plugins: [
      platformModules(PACKAGE, iconsUsed()),
      lwc({
        rootDir: ROOT,
        modules: [...componentModules(), { npm: 'lightning-base-components' }],
        enableDynamicComponents: true,
      }),
      constants,
    ],
    onwarn() {},
  });
  const { output } = await build.generate({ format: 'iife', inlineDynamicImports: true });
  await build.close();
  return output[0].code;
}

let script: Promise<string> | null = null;

/** The card with the base components it stands on, as one script. Built once per process; takes some seconds. */
export const bundleScript = (): Promise<string> => (script ??= bundle());

/** Salesforce's own style sheet, without the fonts it would fetch. */
export const readStyles = (): string => {
  const folder = dirname(require.resolve('@salesforce-ux/design-system/package.json'));
  const css = readFileSync(join(folder, 'assets/styles/salesforce-lightning-design-system.min.css'), 'utf8');
  return css.replace(/@font-face\{[^}]*\}/g, '');
};
