import { writeFileSync } from 'node:fs';

/** Loaded before the Action: writes down how much memory the process took at most, in kilobytes, when it ends. */
process.once('exit', () => {
  writeFileSync(process.env.PEAK_MEMORY_FILE, String(process.resourceUsage().maxRSS));
});
