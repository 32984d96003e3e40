// Plain JavaScript, so that a Node.js that does not run TypeScript gets as far as this message.
if (process.features.typescript) await import('./run.ts');
else {
  process.stderr.write(
    `The local Zoho Desk needs Node.js 22.18 or newer; this is ${process.version}.\n` +
      'Use "npm run emulator", which brings Node.js 24 with it after "npm ci".\n',
  );
  process.exitCode = 2;
}
