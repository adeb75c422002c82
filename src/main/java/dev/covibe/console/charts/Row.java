package dev.covibe.console.charts;

import java.util.List;

/** A row of a chart's table: what it is about, then its values. */
public record Row(String head, List<String> values) {}
