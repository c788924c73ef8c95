import type { Dispatcher } from 'undici';

type Handler = Dispatcher.DispatchHandler;

/** Whether the server closes the connection behind an answer (RFC 9112, 9.6), or ends the answer by closing (6.3). */
const willClose = (rawHeaders: readonly Buffer[]): boolean => {
  const texts = rawHeaders.map((part) => part.toString('latin1').toLowerCase());
  const values = (name: string): string[] => texts.filter((_, at) => at % 2 === 1 && texts[at - 1] === name);
  const isFramed = values('content-length').length > 0 || values('transfer-encoding').length > 0;
  return !isFramed || values('connection').some((value) => /\bclose\b/.test(value));
};

const takenAsItComes = (handler: Handler): Handler => {
  let closing = false;
  return {
    onConnect: (abort) => handler.onConnect?.(abort),
    onUpgrade: (status, headers, socket) => handler.onUpgrade?.(status, headers, socket),
    onHeaders: (status, headers, ...rest) => {
      closing = status >= 200 && willClose(headers);
      const more = handler.onHeaders?.(status, headers, ...rest) ?? true;
      return closing || more;
    },
    onData: (chunk) => {
      const more = handler.onData?.(chunk) ?? true;
      return closing || more;
    },
    onComplete: (trailers) => handler.onComplete?.(trailers),
    onError: (error) => handler.onError?.(error),
    onBodySent: (size, total) => handler.onBodySent?.(size, total),
    onResponseStarted: () => handler.onResponseStarted?.(),
  };
};

/**
 * Takes an answer behind which the connection closes into memory as fast as it comes, however slowly it is read: undici 7 ends the
 * whole process by an assertion when the connection closes while the reader made it pause. Mended in undici 8, which Node 20 cannot run.
 * @see https://github.com/nodejs/undici/issues/5360
 */
export const closingAnswers: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) =>
  dispatch(options, takenAsItComes(handler));
