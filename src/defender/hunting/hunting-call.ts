import type { Upstream, UpstreamResponse } from '../upstream/upstream';
import { failureOf, failureOfStatus } from './hunting-failure';
import type { HuntingAnswer, HuntingCall } from './provider';
import { receiveAnswer } from './receive-answer';

/** The services document 50 to 124 MB; beyond this an answer is refused as too large. */
const maxAnswerBytes = 160 * 1024 * 1024;

const requestIdHeaders = ['request-id', 'x-ms-request-id', 'x-request-id'];
const requestIdOf = (response: UpstreamResponse): string | undefined => {
  for (const name of requestIdHeaders) {
    const value = response.header(name);
    if (value !== undefined && /^[\w.:-]{1,128}$/.test(value)) return value;
  }
  return undefined;
};

const readBody = async (response: UpstreamResponse, call: HuntingCall): Promise<HuntingAnswer> => {
  const id = requestIdOf(response);
  const named = id === undefined ? {} : { requestId: id };
  try {
    if (response.status !== 200) return { ok: false, failure: await failureOfStatus(response, id) };
    if (!/^application\/(?:[\w.-]+\+)?json$/.test(response.mediaType)) {
      await response.text();
      return { ok: false, failure: { kind: 'unreadable', transient: false, status: 200, code: 'not-json', ...named } };
    }
    return {
      ok: true,
      ...named,
      ...(await receiveAnswer(response.body, { to: call.to, ...(call.tenant ? { tenant: call.tenant } : {}) })),
    };
  } catch (error) {
    return { ok: false, failure: failureOf(error, { status: response.status, ...named }) };
  }
};

/** One POST to a hunting service and its answer on disk: what the three services have in common. */
export const callHunting =
  (upstream: Upstream, url: string) =>
  async (call: HuntingCall, body: Readonly<Record<string, string>>): Promise<HuntingAnswer> => {
    let response: UpstreamResponse;
    try {
      response = await upstream.send({
        method: 'POST',
        url,
        headers: {
          authorization: `Bearer ${call.token}`,
          'content-type': 'application/json; charset=utf-8',
          accept: 'application/json',
          'client-request-id': call.clientRequestId,
        },
        body: JSON.stringify(body),
        signal: call.signal,
        maxBytes: maxAnswerBytes,
      });
    } catch (error) {
      return { ok: false, failure: failureOf(error) };
    }
    return readBody(response, call);
  };
