/** From so many logs on, what V8 lets pile up is more than the logs themselves. */
const MANY_LOGS = 2_000;

/** With more requests in flight than this, collecting garbage so often would cost more than it saves. */
const FEW_IN_FLIGHT = 25;

/**
 * Keeps the memory of a large delivery small. got leaves a tenth of a megabyte of garbage with every
 * request, and V8 lets hundreds of megabytes of it pile up, to be quick. With few requests in flight
 * this halves the memory, for a tenth more of the processor's time.
 */
export function keepMemorySmall(logs: number, mostInFlight: number): void {
  if (logs < MANY_LOGS || mostInFlight > FEW_IN_FLIGHT) return;
  process.getBuiltinModule('node:v8').setFlagsFromString('--optimize-for-size');
}
