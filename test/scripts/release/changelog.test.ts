import { expect, test } from '@jest/globals';
import { notesOf, unreleasedNotes } from '../../../scripts/release/changelog.ts';

const CHANGELOG = `# Changelog

## Unreleased

## 1.2.0 - 2026-11-25

- Logs arrive.

### Fixed

- They arrive once.

## 1.1.0 - 2026-10-01

- It starts.
`;

test('the notes of a release are what stands under its heading', () => {
  expect(notesOf('1.2.0', CHANGELOG)).toBe('- Logs arrive.\n\n### Fixed\n\n- They arrive once.');
  expect(notesOf('1.1.0', CHANGELOG)).toBe('- It starts.');
});

test('a version that was not released has no notes, and 1.1.0 is not 11.1.0', () => {
  expect(notesOf('2.0.0', CHANGELOG)).toBeUndefined();
  expect(notesOf('1.1', CHANGELOG)).toBeUndefined();
  expect(notesOf('11.1.0', CHANGELOG)).toBeUndefined();
});

test('a heading without anything under it is empty', () => {
  expect(unreleasedNotes(CHANGELOG)).toBe('');
});
