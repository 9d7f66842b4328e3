/*
 * Twilio's files (https://www.twilio.com/docs/messaging/api/media-resource): with the account's credentials its API
 * leads on to another place, where the file lies open for a while.
 */
import { bytesOf, type HostAnswer, type HostPart, jsonAnswer } from './host-part.ts';

/** `GET /2010-04-01/Accounts/{sid}/Messages/{sid}/Media/{sid}`, and where it leads. */
export const twilioHost: HostPart = ({ url, headers, credentials }) => {
  const missing = () => twilioError(404, 20404, `The requested resource ${url.pathname} was not found`);
  const refuse = () => twilioError(401, 20003, 'Authenticate');
  const [, sid, asked] =
    /^\/2010-04-01\/Accounts\/(AC\w+)\/Messages\/\w+\/Media\/(ME\w+)$/.exec(url.pathname) ?? [];
  if (sid !== undefined && asked !== undefined) {
    const { accountSid, authToken } = credentials.twilio ?? {};
    const given = Buffer.from(`${accountSid}:${authToken}`).toString('base64');
    const location = `${url.origin}/twilio-cdn/${asked}`;
    return {
      id: asked,
      isAuthorized: sid === accountSid && headers.authorization === `Basic ${given}`,
      refuse,
      missing,
      answer: () => ({ status: 307, headers: { location }, body: Buffer.alloc(0) }),
    };
  }
  const [, id] = /^\/twilio-cdn\/(ME\w+)$/.exec(url.pathname) ?? [];
  return id === undefined ? null : { id, isAuthorized: true, refuse, missing, answer: bytesOf };
};

const twilioError = (status: number, code: number, message: string): HostAnswer =>
  jsonAnswer(status, {
    code,
    message,
    more_info: `https://www.twilio.com/docs/errors/${code}`,
    status,
  });
