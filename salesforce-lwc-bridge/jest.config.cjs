const { jestConfig } = require('@salesforce/sfdx-lwc-jest/config');

module.exports = {
  ...jestConfig,
  rootDir: __dirname,
  testMatch: ['**/lwc/**/__tests__/**/*.test.js'],
  setupFiles: ['<rootDir>/test/jest-setup.cjs'],
};
