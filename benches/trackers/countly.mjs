// https://support.countly.com/hc/en-us/articles/360037441932-Web: a custom event with its segmentation.
export const countly = {
  name: "countly-sdk-web",
  script: (collector) => `
    import Countly from "countly-sdk-web";
    Countly.init({ app_key: "key", url: "${collector}" });
    window.tracker = { track: (key, segmentation) => Countly.add_event({ key, count: 1, segmentation }), flush() {} };`,
};
