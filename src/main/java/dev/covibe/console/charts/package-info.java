/**
 * Charts drawn on the server as SVG: a record computes what is drawn, a template of the same name in {@code charts/} draws
 * it. Bars begin at nought, axes carry their unit and the calendar's zone, every chart has its table. Include them with
 * <code>{#include charts/lines chart=view.tokens /}</code>.
 */
package dev.covibe.console.charts;
