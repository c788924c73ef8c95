/**
 * `fetch`, with the body read to its end before anybody looks at the answer. Whoever asks for the status alone leaves the body
 * unread, and a long one that nobody reads ends the process when its connection closes (nodejs/undici#5360).
 */
export const fetchWhole = async (address: string | URL, init: RequestInit = {}): Promise<Response> => {
  const answer = await fetch(address, init);
  const body = await answer.arrayBuffer();
  return new Response(body.byteLength > 0 ? body : null, { status: answer.status, headers: answer.headers });
};
