import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CACHE, npm } from './install-app.ts';

const SCANNER_VERSION = '0.32.0';

interface Verdict {
  passed: boolean;
  message?: string;
  details?: string;
}

interface Scanner {
  analyzePackage(folder: string, patterns?: string[]): Promise<Verdict>;
  SOURCE_FILE_PATTERNS: string[];
}

/** Holds a tarball, and the sources that it was made of, against the analyser of n8n's scanner for community packages. */
export async function scan(tarball: string, sources: string): Promise<void> {
  const scanner = await loadScanner();
  const folder = mkdtempSync(join(tmpdir(), 'n8n-scan-'));
  try {
    execFileSync('tar', ['-xzf', tarball, '-C', folder]);
    report('tarball', await scanner.analyzePackage(join(folder, 'package')));
    report('sources', await scanner.analyzePackage(sources, scanner.SOURCE_FILE_PATTERNS));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** It stands outside the repository: its own eslint and TypeScript are not ours. */
async function loadScanner(): Promise<Scanner> {
  const folder = join(CACHE, `scanner-${SCANNER_VERSION}`);
  const scanner = join(folder, 'node_modules/@n8n/scan-community-package/scanner/scanner.mjs');
  if (!existsSync(scanner)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    npm(folder, 'install', `@n8n/scan-community-package@${SCANNER_VERSION}`, '--ignore-scripts');
  }
  return (await import(pathToFileURL(scanner).href)) as Scanner;
}

function report(what: string, { passed, message, details }: Verdict): void {
  console.log(`scanner, ${what}: ${passed ? 'passed' : 'failed'}`);
  if (!passed) throw new Error([message, details].join('\n'));
}
