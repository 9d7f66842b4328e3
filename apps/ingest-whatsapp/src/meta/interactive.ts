/* What somebody chose or filled in, and what an app sent to choose from. */
import { field, firstText, listOf, objectOf, parseJson, textOf } from '@kith/ingest/loose-json';
import { lines } from './cards.ts';

/** The answer to buttons, a list, a form or a question; or the question itself, in what the account sent. */
export function interactiveText(interactive: unknown): string | null {
  const reply = field(interactive, 'button_reply') ?? field(interactive, 'list_reply');
  if (reply !== undefined) return lines([firstText(reply, 'title', 'id'), firstText(reply, 'description')]);
  const form = field(interactive, 'nfm_reply');
  if (form !== undefined) return formText(form);
  const permission = firstText(field(interactive, 'call_permission_reply'), 'response');
  if (permission !== null) return `[call permission: ${permission}]`;
  return lines(['header', 'body', 'footer'].map((part) => firstText(field(interactive, part), 'text')));
}

/** A form: what it says of itself, then every answer on its line; its token is no answer. */
function formText(form: unknown): string | null {
  const answers = objectOf(parseJson(Buffer.from(textOf(field(form, 'response_json')) ?? ''))) ?? {};
  const answered = Object.keys(answers)
    .filter((key) => key !== 'flow_token')
    .map((key) => {
      const answer = answers[key];
      const text = typeof answer === 'boolean' ? String(answer) : textOf(answer);
      const texts = listOf(answer).map(textOf);
      return text === null && texts.length === 0
        ? null
        : `${key}: ${text ?? texts.filter(Boolean).join(', ')}`;
    });
  return lines([firstText(form, 'body'), ...answered]);
}

/** A template that the account sent: its name, and what was filled in. */
export function templateText(template: unknown): string | null {
  const name = firstText(template, 'name');
  const filled = listOf(field(template, 'components')).flatMap((component) =>
    listOf(field(component, 'parameters')).map((parameter) => firstText(parameter, 'text')),
  );
  return lines([name === null ? null : `[template: ${name}]`, ...filled]);
}
