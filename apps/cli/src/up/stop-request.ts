/**
 * When a stack has to end: by a signal, by its caller, or because a process cannot be kept alive. The first
 * request asks for an orderly end, a second signal for an immediate one.
 */

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** npm passes a terminal's Ctrl-C on to a child that has already had it, so one press arrives twice. */
const SAME_PRESS_MS = 1_000;

export interface StopRequest extends Disposable {
  /** Aborts at the first request. */
  readonly signal: AbortSignal;
  /** Asks for the end; `exitCode` is that of the first request. */
  stop(exitCode: number): void;
  exitCode(): number;
}

/** Listens to the signals of this process and to `caller` until disposed of. */
export function listenForStop(options: {
  caller: AbortSignal | undefined;
  exitCodeFor: (signal: NodeJS.Signals) => number;
  onForce: () => void;
}): StopRequest {
  const controller = new AbortController();
  let exitCode = 0;
  let requestedAt = 0;
  const stop = (code: number): void => {
    if (controller.signal.aborted) return;
    exitCode = code;
    requestedAt = performance.now();
    controller.abort();
  };
  const onSignal = (name: NodeJS.Signals): void => {
    if (!controller.signal.aborted) stop(options.exitCodeFor(name));
    else if (performance.now() - requestedAt > SAME_PRESS_MS) options.onForce();
  };
  const onCaller = (): void => stop(0);
  for (const name of SIGNALS) process.on(name, onSignal);
  options.caller?.addEventListener('abort', onCaller);
  if (options.caller?.aborted === true) stop(0);
  return {
    signal: controller.signal,
    stop,
    exitCode: () => exitCode,
    [Symbol.dispose]: () => {
      for (const name of SIGNALS) process.off(name, onSignal);
      options.caller?.removeEventListener('abort', onCaller);
    },
  };
}
