import { ESLint } from 'eslint';
import { expect, test } from 'vitest';
import { PROJECT } from './support/project.ts';

const lint = new ESLint({ cwd: PROJECT });

test('the card keeps to HubSpot’s rules for code in its worker', async () => {
  const results = await lint.lintFiles(['src/**/*.{ts,tsx}']);
  const said = results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, message, ruleId }) => `${filePath}:${line} ${ruleId}: ${message}`),
  );
  expect(results.length).toBeGreaterThan(20);
  expect(said).toEqual([]);
}, 60_000);

test.each([
  ['no-html-elements', 'export const Bad = () => <div>no</div>;'],
  ['no-native-http', "export const bad = () => fetch('https://elsewhere.example');"],
  ['no-parent-imports', "import '../../../preview/page.tsx';"],
])('%s would be noticed', async (rule, code) => {
  const [result] = await lint.lintText(code, { filePath: 'src/app/cards/parts/planted.tsx' });
  expect(result?.messages.map(({ ruleId }) => ruleId)).toContain(`@hubspot/ui-extensions/${rule}`);
});
