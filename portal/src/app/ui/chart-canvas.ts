import { afterRenderEffect, Component, DestroyRef, inject, input, viewChild } from '@angular/core';
import type { ElementRef } from '@angular/core';
import { BarChart, HeatmapChart, LineChart } from 'echarts/charts';
import {
  GridComponent,
  LegendComponent,
  LegendScrollComponent,
  TooltipComponent,
  VisualMapContinuousComponent,
} from 'echarts/components';
import { init, use } from 'echarts/core';
import type { EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { isDark } from '../session/theme';
import { chartOption } from './chart-option';
import type { ChartColors } from './chart-option';
import type { ChartSpec } from './chart-spec';

use([
  BarChart,
  CanvasRenderer,
  GridComponent,
  HeatmapChart,
  LegendComponent,
  LegendScrollComponent,
  LineChart,
  TooltipComponent,
  VisualMapContinuousComponent,
]);

/** ECharts wants colours as it can draw them; the browser resolves `light-dark()` on an element. */
function readColors(element: HTMLElement): ChartColors {
  const probe = document.createElement('span');
  // Reduced motion gives every element a transition of 1 ms, which would begin with the old colour.
  probe.style.transitionProperty = 'none';
  element.append(probe);
  const color = (token: string): string => {
    probe.style.color = `var(--rc-${token})`;
    return getComputedStyle(probe).color;
  };
  const colors = {
    primary: color('primary'),
    muted: color('line-strong'),
    good: color('area-green'),
    watch: color('area-amber'),
    warn: color('area-orange'),
    bad: color('area-red'),
    text: color('text-2'),
    line: color('line'),
    surface: color('surface'),
    faint: color('surface-3'),
    font: getComputedStyle(element).fontFamily,
  };
  probe.remove();
  return colors;
}

/** The drawing itself; this file and ECharts are fetched when a chart is seen. */
@Component({
  selector: 'rc-chart-canvas',
  template: `<div #place class="place" role="img" [attr.aria-label]="label()"></div>`,
  styles: `
    :host,
    .place {
      display: block;
      inline-size: 100%;
      block-size: 100%;
    }
  `,
})
export class ChartCanvas {
  readonly spec = input.required<ChartSpec>();
  readonly label = input.required<string>();
  protected readonly place = viewChild.required<ElementRef<HTMLElement>>('place');
  #chart: EChartsType | undefined;

  constructor() {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const resized = new ResizeObserver(() => this.#chart?.resize());
    afterRenderEffect(() => {
      const place = this.place().nativeElement;
      // Read so that a switch of the theme draws again.
      isDark();
      if (this.#chart === undefined) {
        this.#chart = init(place, undefined, { renderer: 'canvas' });
        resized.observe(place);
      }
      this.#chart.setOption(chartOption(this.spec(), readColors(place), !still), {
        notMerge: true,
      });
    });
    inject(DestroyRef).onDestroy(() => {
      resized.disconnect();
      this.#chart?.dispose();
    });
  }

  /** The drawing as a picture, two pixels to each of the screen. */
  png(): string {
    const backgroundColor = readColors(this.place().nativeElement).surface;
    return this.#chart?.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor }) ?? '';
  }
}
