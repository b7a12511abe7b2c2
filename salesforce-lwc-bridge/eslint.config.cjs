const recommended = require('@salesforce/eslint-config-lwc/recommended');

module.exports = [
  ...recommended.map((config) => ({ ...config, files: ['force-app/**/lwc/**/*.js'] })),
  {
    files: ['force-app/**/lwc/**/*.test.js'],
    rules: { '@lwc/lwc/no-unexpected-wire-adapter-usages': 'off' },
    languageOptions: {
      globals: Object.fromEntries(
        ['afterEach', 'beforeEach', 'describe', 'expect', 'it', 'jest'].map((name) => [name, 'readonly']),
      ),
    },
  },
];
