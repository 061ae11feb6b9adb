// The page's interface as a strict TypeScript project uses it; nothing here runs.
import { start, type Consent, type Decision, type Privateer, type Problem, type Referral, type Score, type StartOptions, type Status } from "privateer";

export async function use(): Promise<void> {
  const options: StartOptions = { site: "/site.json", attributes: { plan: "crew", seats: 4, tags: ["a", null] }, timeout: 500 };
  const privateer: Privateer = await start(options);
  await start({ site: { experiments: { payload: { features: {} } } } });

  // A flag has the type of its fallback.
  const headline: string = privateer.flag<string>("hero", "control");
  const wide: boolean = privateer.flag<boolean>("wide", false);
  const index: number | null = privateer.variation("hero");

  const decision: Decision = privateer.decide("hero");
  const all: Decision[] = privateer.decideAll();
  if (decision.source === "loading" || decision.experiment === null) return;

  privateer.track("Plan Chosen");
  privateer.track("Plan Chosen", { plan: "crew", seats: 4, discounts: [0.1] });
  privateer.page({ section: "plans" });
  privateer.identify("robin@example.com", { company_size: "11-50" });
  privateer.attributes({ plan: null });

  const score: Score = privateer.score();
  const sum: number = score.reasons.reduce((total, { points }) => total + points, 0);
  const total: number | null = score.total;

  const referral: Referral = privateer.referral();
  const link: string = privateer.link();
  const other: string = privateer.link("https://example.com/");
  const svg: string = await privateer.qr(referral.link ?? link);
  await privateer.qr(link, { level: "Q", version: 5, logo: true, upper: "path" });

  const consent: Consent = privateer.consent();
  privateer.setConsent("granted");
  privateer.setConsent("denied");
  privateer.preview("hero", 1);
  privateer.preview("hero", null);
  privateer.forget();
  const status: Status = await privateer.flush();
  const problems: Problem[] = privateer.problems();
  const stop: () => void = privateer.subscribe(() => privateer.status());
  stop();
  const still: () => void = privateer.subscribe("hero", ({ value, reason }) => privateer.track("Shown", { value, reason }));
  still();
  void [headline, wide, index, all, sum, total, other, svg, consent, status, problems, privateer.ready];
}

export async function misuse(privateer: Privateer): Promise<void> {
  // @ts-expect-error there is no such level
  await privateer.qr("a", { level: "X" });
  // @ts-expect-error a site is needed
  await start({});
  // @ts-expect-error the visitor answers yes or no
  privateer.setConsent("pending");
  // @ts-expect-error a fallback is needed
  privateer.flag("hero");
  // @ts-expect-error a function is no JSON
  privateer.track("Plan Chosen", { plan: () => "crew" });
  // @ts-expect-error `ready` is told, not set
  privateer.ready = true;
  // @ts-expect-error a score may be missing: "not scored" is not 0
  const total: number = privateer.score().total;
  void total;
}
