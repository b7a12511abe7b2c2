import { config } from '@hubspot/eslint-config-ui-extensions';
import parser from '@typescript-eslint/parser';

/** HubSpot's own rules for code that runs in its worker; everything else is Biome's. */
export default [...config, { files: ['**/*.{ts,tsx}'], languageOptions: { parser } }];
