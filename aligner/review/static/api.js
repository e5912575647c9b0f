// Talk to the command that serves this page; see web_api.py for what can be asked.
import { currentLanguage, t } from "./messages.js";

export class Refused extends Error {}

let onLost = () => {};
export function whenLost(listener) { onLost = listener; }

export async function call(path, args) {
  const reply = await ask(path, args);
  return reply.json();
}

// Return a file and its name.
export async function file(path) {
  const reply = await ask(path);
  const name = /filename\*=UTF-8''(.*)$/.exec(reply.headers.get("Content-Disposition") || "");
  return { name: name ? decodeURIComponent(name[1]) : "export", data: await reply.blob() };
}

async function ask(path, args) {
  const post = args !== undefined;
  let reply;
  try {
    const headers = { "Accept-Language": currentLanguage() };
    reply = await fetch("api/" + path, post ? {
      method: "POST", headers: { ...headers, "Content-Type": "application/json" },
      body: JSON.stringify(args),
    } : { headers });
  } catch {
    onLost();
    throw new Refused(t("lost"));
  }
  if (!reply.ok) {
    const found = await reply.json().catch(() => ({ error: `${reply.status}`, hint: "" }));
    throw new Refused(t("error", { error: found.error, hint: found.hint || "" }).trim());
  }
  return reply;
}
