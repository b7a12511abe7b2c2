/**
 * Checks who imports whom (`npm run architecture [folder …]`). Fails on a forbidden import, and also when suspiciously few
 * modules were seen: the checker goes blind, without an error, when it cannot read TypeScript.
 */
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const ROOMS = [
  'server',
  'slack',
  'sandbox',
  'console/src',
  'bench',
  'scripts',
  'examples',
  'salesforce-lwc-bridge/preview',
  'salesforce-lwc-bridge/checks',
  'hubspot-app/src',
  'hubspot-app/preview',
];
const FEWEST_MODULES = 100;

export interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

/** Cruises folders below `base`; `modules` counts the files of ours that were read. */
export async function checkArchitecture(base: string, folders: readonly string[]) {
  const config = await extractConfig(fileURLToPath(new URL('../.dependency-cruiser.cjs', import.meta.url)));
  const tsConfigFile = fileURLToPath(new URL('../tsconfig.json', import.meta.url));
  const { output } = await cruise(
    [...folders],
    { ...config.options, ruleSet: { forbidden: config.forbidden ?? [] }, validate: true, baseDir: base },
    config.options?.enhancedResolveOptions ?? {},
    { tsConfig: extractTsConfig(tsConfigFile) },
  );
  if (typeof output === 'string')
    throw new Error('dependency-cruiser answered with text instead of a result');
  const violations: Violation[] = output.summary.violations.map(({ rule, from, to }) => ({
    rule: rule.name,
    from,
    to,
  }));
  return {
    violations,
    modules: output.modules.filter(
      ({ source }) => /^[^.].*\.tsx?$/.test(source) && !source.includes('node_modules'),
    ).length,
  };
}

if (import.meta.main) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const { violations, modules } = await checkArchitecture(
    root,
    process.argv.length > 2 ? process.argv.slice(2) : ROOMS,
  );
  for (const { rule, from, to } of violations) console.error(`${rule}: ${from} must not import ${to}`);
  if (modules < FEWEST_MODULES)
    console.error(
      `Only ${modules} modules were seen, at least ${FEWEST_MODULES} expected: the check is blind.`,
    );
  console.log(`Architecture: ${modules} modules, ${violations.length} violations.`);
  process.exitCode = violations.length > 0 || modules < FEWEST_MODULES ? 1 : 0;
}
