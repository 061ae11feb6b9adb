// Typed flags as a strict TypeScript project uses them; the types are written from payload.json beside this file.
import type { Flags, Json, Privateer } from "privateer";

export function listed(privateer: Privateer): void {
  const hero: "control" | "calm" | "bold" = privateer.flag("hero", "control");
  const plan: "crew" | "fleet" = privateer.flag("plan", "crew");
  const wide: boolean = privateer.flag("wide", true);
  const seats: number = privateer.flag("seats", 3);
  const title: string = privateer.flag("title", "Another title");
  const countries: string[] = privateer.flag("countries", ["US"]);
  const color: "red" | "blue" = privateer.flag("button", { color: "blue", size: 9 }).color;
  const label: string | undefined = privateer.flag("button", { color: "red", size: 1, label: { text: "Go" } }).label?.text;
  const open: { [key: string]: Json } = privateer.flag("open", { anything: [1] });
  const unset: Json = privateer.flag("unset", null);
  const off: Json = privateer.flag("switched-off", "text");
  const one: boolean = privateer.flag("1", false);
  const proto: "a" | "b" = privateer.flag("__proto__", "b");
  const odd: number = privateer.flag('odd \u2028 "key" \\', 0);
  const key: keyof Flags = "hero";
  const calm: boolean = privateer.flag("hero", "control") === "calm";
  void [hero, plan, wide, seats, title, countries, color, label, open, unset, off, one, proto, odd, key, calm];
}

export function unlisted(privateer: Privateer, name: string): void {
  const text: string = privateer.flag("other", "x");
  const compared: boolean = privateer.flag("other", "x") === "y";
  const choice: "x" | "y" = privateer.flag<"x" | "y">("other", "x");
  const wide: boolean = privateer.flag("other", false);
  const seats: number = privateer.flag("other", 1);
  const nothing: string | null = privateer.flag<string | null>("other", null);
  const object: { a: number } = privateer.flag("other", { a: 1 });
  const dynamic: string = privateer.flag(name, "x");
  void [text, compared, choice, wide, seats, nothing, object, dynamic];
}

export function misuse(privateer: Privateer): void {
  // @ts-expect-error no variation is called that
  privateer.flag("hero", "loud");
  // @ts-expect-error a text, not a number
  privateer.flag("hero", 5);
  // @ts-expect-error a choice, not any text
  privateer.flag("plan", String("crew"));
  // @ts-expect-error true or false
  privateer.flag("wide", "yes");
  // @ts-expect-error a number
  privateer.flag("seats", null);
  // @ts-expect-error a list of texts
  privateer.flag("countries", [1]);
  // @ts-expect-error a member is missing
  privateer.flag("button", { color: "red" });
  // @ts-expect-error no button has this colour
  privateer.flag("button", { color: "green", size: 1 });
  // @ts-expect-error a label has a text
  privateer.flag("button", { color: "red", size: 1, label: {} });
  // @ts-expect-error what is compared is none of its values
  if (privateer.flag("hero", "control") === "cal") return;
  // @ts-expect-error a flag of texts is no number
  const count: number = privateer.flag("hero", "control");
  // @ts-expect-error no flag is called that
  const key: keyof Flags = "heroes";
  void [count, key];
}
