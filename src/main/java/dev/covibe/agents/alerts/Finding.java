package dev.covibe.agents.alerts;

import java.util.Map;
import java.util.UUID;

/**
 * What a rule finds wrong now.
 *
 * @param figures the numbers that it compared, and names for the sentence
 */
record Finding(AlertKind kind, UUID subject, Map<String, Object> figures) {}
