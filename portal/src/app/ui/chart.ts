import { Component, computed, input, signal, viewChild } from '@angular/core';
import { saveFile } from '../session/save-file';
import { ChartCanvas } from './chart-canvas';
import { valueText } from './chart-option';
import { chartCsv } from './chart-spec';
import type { ChartSpec } from './chart-spec';
import { Icon } from './icon';
import { Popover } from './popover';
import { t } from './words';

/** A chart with its name, its numbers as a table, and both to take away. Drawn when it is seen. */
@Component({
  selector: 'rc-chart',
  imports: [ChartCanvas, Icon, Popover],
  templateUrl: './chart.html',
  styleUrl: './chart.scss',
})
export class Chart {
  readonly heading = input.required<string>();
  /** Undefined until the first answer. */
  readonly spec = input.required<ChartSpec | undefined>();
  /** Height of the drawing in pixels. */
  readonly height = input(240);
  protected readonly canvas = viewChild<ChartCanvas>('canvas');
  protected readonly t = t;
  protected readonly asTable = signal(false);
  protected readonly isEmpty = computed(() => {
    const spec = this.spec();
    return (
      spec !== undefined &&
      spec.series.every((series) => series.values.every((value) => value === undefined))
    );
  });
  protected readonly rows = computed(() => {
    const spec = this.spec();
    if (spec === undefined) return [];
    return spec.categories.map((category, index) => ({
      category,
      values: spec.series.map((series) => valueText(spec, series.values[index])),
    }));
  });

  protected saveCsv(spec: ChartSpec): void {
    saveFile(`${this.heading()}.csv`, new Blob([chartCsv(spec)], { type: 'text/csv' }));
  }

  protected savePng(): void {
    const data = this.canvas()?.png() ?? '';
    if (data === '') return;
    const bytes = Uint8Array.from(atob(data.slice(data.indexOf(',') + 1)), (c) => c.charCodeAt(0));
    saveFile(`${this.heading()}.png`, new Blob([bytes], { type: 'image/png' }));
  }
}
