// What the console needs from third parties. The build bundles this file into vendor/plot.js.
export { areaY, axisX, barX, dot, gridX, lineY, link, plot, rectY, ruleX, ruleY, text, tickX } from "@observablehq/plot";
