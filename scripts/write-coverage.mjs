import { takeCoverage } from 'node:v8';
import { afterAll } from '@jest/globals';

// Writes what each test file has covered as soon as it ends. Jest gives a worker half a second to exit and
// then ends it by force, which is too short for V8 to write the coverage of all the worker's files at once.
// Without NODE_V8_COVERAGE, which c8 sets, nothing is written.
afterAll(() => takeCoverage());
