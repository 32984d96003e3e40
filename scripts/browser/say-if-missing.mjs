import { findBrowser } from './find-browser.ts';

/** Says at the start of a test run that the tests of the local Desk's page will fail, and how to get a browser. */
export default function sayIfMissing() {
  try {
    findBrowser();
  } catch (error) {
    process.stderr.write(`\nThe tests of the local Desk's page will fail. ${error.message}\n\n`);
  }
}
