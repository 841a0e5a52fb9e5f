// Mounts ECharts on every [data-chart]; its option lies in the json_script of that id.
// A colour, a dash or a width written as "--name" is read from the theme, so a chart holds no literal colour.
(() => {
  "use strict";
  const theme = getComputedStyle(document.documentElement);

  const themed = (value) => {
    if (typeof value === "string") {
      return value.startsWith("--") ? theme.getPropertyValue(value).trim() : value;
    }
    if (Array.isArray(value)) return value.map(themed);
    if (value !== null && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, themed(inner)]));
    }
    return value;
  };

  // Tooltips are drawn on the canvas: their HTML form would set style attributes, which the site's policy refuses.
  const withDefaults = (option) => ({
    animation: false,
    textStyle: { fontFamily: theme.getPropertyValue("--sans").trim(), color: theme.getPropertyValue("--ink-soft").trim() },
    ...option,
    tooltip: option.tooltip && { ...option.tooltip, renderMode: "richText" },
  });

  const mount = (box) => {
    const source = document.getElementById(box.dataset.chart);
    const chart = echarts.init(box, null, { renderer: "canvas" });
    chart.setOption(withDefaults(themed(JSON.parse(source.textContent))));
    new ResizeObserver(() => chart.resize()).observe(box);
    window.addEventListener("beforeprint", () => chart.resize());
  };

  document.querySelectorAll("[data-chart]").forEach(mount);
})();
